package io.hubbub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureConnectionTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  /** A key for localhost, and the trust in it. */
  private SSLContext newContext() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private void connected(BiConsumer<HubConnection, FakeSocket> calls) throws Exception {
    SSLContext context = newContext();
    try (FakeServer server = FakeServer.start(context.getServerSocketFactory(), "https");
        HubConnection connection =
            HubConnection.builder(server.url()).sslContext(context).build()) {
      CompletableFuture<Void> started = connection.start();
      FakeSocket socket = server.nextConnection();
      started.join();
      calls.accept(connection, socket);
    }
  }

  private static List<CompletableFuture<String>> call(
      HubConnection connection, int times, String text) {
    return IntStream.range(0, times)
        .mapToObj(i -> connection.invoke(String.class, "Echo", text))
        .toList();
  }

  private static void answer(
      FakeSocket socket, List<CompletableFuture<String>> calls, String text) {
    for (CompletableFuture<String> call : calls) {
      socket.answer("\"" + text + "\"");
      assertThat(Futures.get(call)).isEqualTo(text);
    }
  }

  @Test
  void callsGoOverTlsInBothDirections() throws Exception {
    String large = "x".repeat(60_000);
    connected((connection, socket) -> answer(socket, call(connection, 20, large), large));
  }

  @Test
  void keysAreRenewedWhileCallsGoOn() throws Exception {
    String large = "x".repeat(20_000);
    connected(
        (connection, socket) -> {
          for (int i = 0; i < 20; i++) {
            List<CompletableFuture<String>> calls = call(connection, 5, large);
            socket.renewKeys();
            answer(socket, calls, large);
          }
        });
  }

  @Test
  void serverThatIsNotTrustedIsRefused() throws Exception {
    try (FakeServer server = FakeServer.start(newContext().getServerSocketFactory(), "https");
        HubConnection connection = HubConnection.builder(server.url()).build()) {
      assertThatThrownBy(() -> connection.start().join())
          .hasCauseInstanceOf(ConnectFailedException.class);
    }
  }
}
