package io.hubbub.backplane.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/** A real redis-server of its own, which can be killed and started again on the same port. */
final class RedisProcess implements AutoCloseable {
  private static final int BUS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A port that was free once may be found free again before its server has started. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private static final File EMBEDDED = unpacked();

  private final File executable;
  private final int port = freePort();
  private final Path folder = newFolder();
  private final String[] settings;
  private RedisServer server;
  private ProcessHandle process;

  /** The one out of the library's jar (6.2). */
  RedisProcess(String... settings) {
    this(EMBEDDED, settings);
  }

  private RedisProcess(File executable, String... settings) {
    this.executable = executable;
    this.settings = settings;
    start();
  }

  /** The one that is installed on this machine, which must be there. */
  static RedisProcess installed(String... settings) {
    try {
      return new RedisProcess(
          ExecutableProvider.newExecutableInPath("redis-server").get(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected a redis-server, 7.0 or later, on the PATH (apt-get install redis-server)", e);
    }
  }

  static File embedded() {
    return EMBEDDED;
  }

  private static File unpacked() {
    try {
      return ExecutableProvider.newJarResourceProvider().get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One whose port of the cluster bus, 10,000 above, is free as well; none is given twice. */
  static int freePort() {
    int port = bindable(0);
    while (!isFree(port + BUS) || !GIVEN.add(port) || !GIVEN.add(port + BUS)) {
      port = bindable(0);
    }
    return port;
  }

  private static boolean isFree(int port) {
    return port <= 65_535 && bindable(port) != 0;
  }

  private static int bindable(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (BindException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("hubbub-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever this JVM starts meanwhile: tests start one server after the other. */
  private void start() {
    Set<ProcessHandle> before = children();
    server = startServer();
    process =
        children().stream()
            .filter(child -> !before.contains(child))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Expected a redis-server to run"));
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  private RedisServer startServer() {
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .executableProvider(() -> executable)
              .port(port)
              .bind("127.0.0.1")
              .onShutdownForceStop(true)
              .setting("dir " + folder)
              .setting("save \"\"")
              .setting("appendonly no");
      for (String setting : settings) {
        builder.setting(setting);
      }
      RedisServer made = builder.build();
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Waits for its end: until then its ports are taken, and it cannot be started again. */
  void kill() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  void restart() {
    start();
  }

  @Override
  public void close() {
    if (server.isActive()) {
      kill();
    }
    for (File file : Objects.requireNonNull(folder.toFile().listFiles())) {
      file.delete();
    }
    folder.toFile().delete();
  }
}
