package io.hubbub.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cluster example as its users see it: launcher, nginx, Redis, two nodes and a browser. */
class ClusterInABrowserTest {
  private static final int PORTS = 4;

  /** Systems take ports from above for outgoing connections: a part that is away keeps its own. */
  private static final int HIGHEST_PORT = 32_000;

  private static final int LOWEST_PORT = 20_000;

  @Test
  @Timeout(300)
  void pagesOfTwoNodesChatAndOutliveRedisAndANode() throws IOException {
    Path screenshots = Files.createDirectories(Path.of("target/screenshots").toAbsolutePath());
    NodeScript.Ended outcome =
        NodeScript.run(
            "cluster.mjs",
            "--java",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--classpath",
            System.getProperty("java.class.path"),
            "--port",
            String.valueOf(firstOfFreePorts()),
            "--screenshots",
            screenshots.toString());
    assertThat(outcome.output()).contains("10 passed, 0 failed");
    assertThat(outcome.exitCode()).isZero();
  }

  private static int firstOfFreePorts() {
    return new Random()
        .ints(LOWEST_PORT, HIGHEST_PORT)
        .filter(first -> IntStream.range(first, first + PORTS).allMatch(port -> isFree(port)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
