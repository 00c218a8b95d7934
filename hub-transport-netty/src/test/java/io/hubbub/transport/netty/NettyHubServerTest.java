package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubbub.Hub;
import io.hubbub.Hubs;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NettyHubServerTest {
  private static final String RECORD_END = "\u001e";
  private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}" + RECORD_END;

  private final Hubs hubs = Hubs.builder().hub("/chat", ChatHub.class).build();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path directory;

  @AfterEach
  void close() {
    hubs.close();
  }

  /** The smallest chat. */
  public static class ChatHub extends Hub {
    public String echo(String text) {
      return text;
    }

    public CompletionStage<Void> say(String text) {
      return clients().all().send("Said", text);
    }
  }

  private NettyHubServer.Builder server() {
    return NettyHubServer.builder(hubs).host("127.0.0.1").port(0);
  }

  private HttpResponse<String> get(NettyHubServer server, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void chat(RawClient socket) throws Exception {
    assertThat(socket.upgrade("/chat")).startsWith("HTTP/1.1 101 ");
    socket.send(Frames.text(HANDSHAKE));
    assertThat(socket.readFrame().text()).isEqualTo("{}" + RECORD_END);
    socket.send(
        Frames.text(
            "{\"type\":1,\"invocationId\":\"1\",\"target\":\"echo\",\"arguments\":[\"hi\"]}"
                + RECORD_END));
    assertThat(socket.readFrame().text()).contains("\"result\":\"hi\"");
  }

  @ParameterizedTest
  @EnumSource(IoTransport.class)
  void hubIsServedByEveryMeansOfTheSystem(IoTransport transport) throws Exception {
    try (NettyHubServer server = server().transport(transport).start();
        RawClient socket = RawClient.to(server.port())) {
      chat(socket);
    }
  }

  @Test
  void hubIsServedOverAUnixSocket() throws Exception {
    Path path = directory.resolve("hub.sock");
    try (NettyHubServer server = server().unixSocket(path).start();
        UnixClient socket = UnixClient.to(path)) {
      assertThat(socket.exchange("GET /chat/negotiate HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 405 ");
      assertThatIllegalStateException().isThrownBy(server::port);
    }
  }

  @Test
  void hubIsServedOverTls() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = NettyHubServerTest.class.getResourceAsStream("/localhost.p12")) {
      store.load(in, "changeit".toCharArray());
    }
    Path key = directory.resolve("key.pem");
    Path chain = directory.resolve("chain.pem");
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey("localhost", "changeit".toCharArray()).getEncoded()));
    X509Certificate certificate = (X509Certificate) store.getCertificate("localhost");
    Files.writeString(chain, pem("CERTIFICATE", certificate.getEncoded()));
    try (NettyHubServer server = server().tls(chain, key).start();
        Socket secure =
            trusting(certificate)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        RawClient socket = new RawClient(secure)) {
      chat(socket);
      String large = "x".repeat(20_000);
      socket.send(
          Frames.text(
              "{\"type\":1,\"invocationId\":\"2\",\"target\":\"echo\",\"arguments\":[\""
                  + large
                  + "\"]}"
                  + RECORD_END));
      assertThat(socket.readFrame().text()).contains(large);
    }
  }

  private static String pem(String type, byte[] bytes) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(bytes)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @Test
  void filesAreServedBesideHubs() throws Exception {
    Files.writeString(directory.resolve("index.html"), "<h1>chat</h1>");
    Files.writeString(directory.resolve("chat.js"), "let hub;");
    try (NettyHubServer server = server().staticFiles(directory).start()) {
      HttpResponse<String> page = get(server, "/");
      assertThat(page.body()).isEqualTo("<h1>chat</h1>");
      assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
      HttpResponse<String> script = get(server, "/chat.js");
      assertThat(script.body()).isEqualTo("let hub;");
      assertThat(script.headers().firstValue("content-type"))
          .contains("text/javascript; charset=utf-8");
      String tag = script.headers().firstValue("etag").orElseThrow();
      HttpResponse<String> known = get(server, "/chat.js", "If-None-Match", tag);
      assertThat(known.statusCode()).isEqualTo(304);
      assertThat(known.body()).isEmpty();
      String modified = script.headers().firstValue("last-modified").orElseThrow();
      assertThat(get(server, "/chat.js", "If-Modified-Since", modified).statusCode())
          .isEqualTo(304);
      assertThat(get(server, "/missing.js").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void serverWithoutHubsServesFilesOnOneConnection() throws Exception {
    Files.writeString(directory.resolve("index.html"), "page");
    Files.writeString(directory.resolve("large.txt"), "line\n".repeat(100_000));
    try (Hubs none = Hubs.builder().build();
        NettyHubServer server =
            NettyHubServer.builder(none).port(0).staticFiles(directory).start();
        RawClient socket = RawClient.to(server.port())) {
      for (int i = 0; i < 3; i++) {
        socket.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.readHead()).startsWith("HTTP/1.1 200 ").contains("4");
        assertThat(socket.readText(4)).isEqualTo("page");
        socket.send("GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.readHead()).containsIgnoringCase("content-length: 500000");
        assertThat(socket.readText(500_000)).endsWith("line\n");
        socket.send("HEAD /large.txt HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.readHead()).containsIgnoringCase("content-length: 500000");
        socket.send("GET /none HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(socket.readHead()).startsWith("HTTP/1.1 404 ");
      }
    }
  }

  @Test
  void resourcesOfTheClassPathAreServed() throws Exception {
    ClassLoader loader = NettyHubServerTest.class.getClassLoader();
    try (NettyHubServer server = server().staticResources(loader, "/static-files/").start()) {
      assertThat(get(server, "/hello.txt").body()).isEqualTo("hello from the class path\n");
      assertThat(get(server, "/inner/").body()).isEqualTo("<p>inner</p>\n");
      assertThat(get(server, "/inner").statusCode()).isEqualTo(404);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> server().staticResources(loader, "/"));
  }

  @Test
  void noPathLeadsOutOfTheFiles() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.writeString(directory.resolve("secret.txt"), "secret");
    Files.writeString(root.resolve(".hidden"), "secret");
    Files.createSymbolicLink(root.resolve("link.txt"), directory.resolve("secret.txt"));
    try (NettyHubServer server = server().staticFiles(root).start()) {
      for (String path :
          List.of(
              "/../secret.txt",
              "/%2e%2e/secret.txt",
              "/..%2fsecret.txt",
              "/..%5csecret.txt",
              "/x/../../secret.txt",
              "//secret.txt",
              "/.hidden",
              "/link.txt",
              "/%00",
              "/")) {
        try (RawClient socket = RawClient.to(server.port())) {
          socket.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
          assertThat(socket.readHead()).as(path).startsWith("HTTP/1.1 404 ");
        }
      }
    }
  }

  @Test
  void shutdownEndsConnectionsInOrder() throws Exception {
    NettyHubServer server = server().start();
    try (RawClient socket = RawClient.to(server.port());
        RawClient idle = RawClient.to(server.port())) {
      chat(socket);
      CompletionStage<Void> stopped = server.shutdown(Duration.ofSeconds(10));
      assertThat(socket.readFrame().text()).contains("\"type\":7");
      assertThat(socket.readFrame().closeCode()).isEqualTo(1000);
      socket.send(Frames.close(1000));
      assertThat(socket.isAtEnd()).isTrue();
      assertThat(idle.isAtEnd()).isTrue();
      assertThat(stopped.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
    }
    server.close();
  }

  @Test
  void portInUseIsExplained() {
    try (NettyHubServer server = server().start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> server().port(server.port()).start())
          .withMessageContaining(Integer.toString(server.port()));
    }
  }
}
