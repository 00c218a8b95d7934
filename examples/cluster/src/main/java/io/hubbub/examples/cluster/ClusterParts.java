package io.hubbub.examples.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * What the cluster consists of, all on the loopback interface: nginx on the first port, the nodes
 * on the next two, Redis on the last.
 *
 * <p>Threads: one at a time.
 */
final class ClusterParts {
  private static final String LOOPBACK = "127.0.0.1:";

  private final int port;
  private final Path folder;

  /**
   * Describes a cluster.
   *
   * @param port the first of four
   * @param folder for configuration and temporary files
   */
  ClusterParts(int port, Path folder) {
    this.port = port;
    this.folder = folder;
  }

  /** A redis-server out of its Maven jar, which keeps nothing on disk. */
  Part redis() throws IOException {
    File server = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
    return Part.of(
        "redis",
        port + 3,
        List.of(
            server.getPath(),
            "--port",
            String.valueOf(port + 3),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder.toString(),
            "--loglevel",
            "warning"));
  }

  /** Both nodes: the same program, each in a process of its own. */
  List<Part> nodes() {
    return List.of(node("node-1", port + 1), node("node-2", port + 2));
  }

  private Part node(String name, int nodePort) {
    return Part.of(
        name,
        nodePort,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Dlogback.configurationFile=io/hubbub/examples/cluster/node-logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            ClusterNode.class.getName(),
            name,
            String.valueOf(nodePort),
            LOOPBACK + (port + 3)));
  }

  /** The one address that browsers know. */
  Part nginx() throws IOException {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration());
    return Part.withWorkers(
        "nginx",
        port,
        List.of(nginxProgram(), "-p", folder.toString(), "-c", configuration.toString()));
  }

  private String configuration() throws IOException {
    try (InputStream template =
        Objects.requireNonNull(ClusterParts.class.getResourceAsStream("nginx.conf"))) {
      return new String(template.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${port}", String.valueOf(port))
          .replace("${node1}", String.valueOf(port + 1))
          .replace("${node2}", String.valueOf(port + 2));
    }
  }

  /** Also looks where systems keep it that do not put it on every user's path. */
  private static String nginxProgram() {
    Stream<String> path = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1));
    return Stream.concat(path, Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Expected nginx on this machine, but found none; install it from your system's"
                        + " packages, on Debian and Ubuntu: apt-get install nginx"));
  }
}
