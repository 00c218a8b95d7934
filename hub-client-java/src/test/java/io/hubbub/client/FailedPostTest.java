package io.hubbub.client;

import static io.hubbub.client.Futures.failure;
import static io.hubbub.client.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.client.FakeServer.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hub that ends a connection refuses its next POST while its last word is on the way down. */
class FailedPostTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private static final String SHAKEN = "{}\u001e";
  private static final String BANNED = "{\"type\":7,\"error\":\"banned\"}\u001e";

  private final FakeServer server = FakeServer.start();
  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicInteger posts = new AtomicInteger();
  private final CompletableFuture<Void> shaken = new CompletableFuture<>();
  private final CompletableFuture<String> lastWord = new CompletableFuture<>();

  @AfterEach
  void close() {
    lastWord.complete("");
    server.close();
  }

  @Test
  void lastMessagesOfAPollAreDeliveredFirst() {
    isObeyedOver("LongPolling");
  }

  @Test
  void lastMessagesOfAnEventStreamAreDeliveredFirst() {
    isObeyedOver("ServerSentEvents");
  }

  private void isObeyedOver(String transport) {
    HubConnection connection = connect(transport);
    CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    connection.onClosed(closed::complete);

    assertThat(failure(connection.send("Fire"))).hasMessageContaining("404");
    lastWord.complete(BANNED);

    assertThat(get(closed).orElseThrow()).hasMessageContaining("banned");
    assertThat(server.requests()).filteredOn(head -> head.contains("/negotiate")).hasSize(1);
  }

  @Test
  void pollThatBringsNothingIsNotWaitedForForLong() {
    HubConnection connection = connect("LongPolling");
    CompletableFuture<Void> lost = new CompletableFuture<>();
    connection.onReconnecting(error -> lost.complete(null));

    assertThat(failure(connection.send("Fire"))).hasMessageContaining("404");

    get(lost);
    get(connection.stop());
  }

  private HubConnection connect(String transport) {
    server.negotiateWith(
        request -> Answer.json(Answer.connection("token").body().replace("WebSockets", transport)));
    server.takeOver((head, socket) -> !head.contains("/negotiate") && answer(head, socket));
    HubConnection connection =
        HubConnection.builder(server.url())
            .automaticReconnect(RetryPolicy.delays(List.of(Duration.ofHours(1))))
            .build();
    get(connection.start());
    return connection;
  }

  private boolean answer(String head, Socket socket) throws IOException {
    if (head.startsWith("POST")) {
      Matcher length = LENGTH.matcher(head);
      socket.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
      boolean handshake = posts.incrementAndGet() == 1;
      shaken.complete(null);
      write(
          socket,
          handshake
              ? whole("")
              : "HTTP/1.1 404 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    } else if (head.contains("text/event-stream")) {
      write(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n:\n\n");
      shaken.join();
      write(socket, "data: " + SHAKEN + "\n\n");
      write(socket, "data: " + lastWord.join() + "\n\n");
    } else if (head.startsWith("GET")) {
      poll(socket);
    }
    return true;
  }

  private void poll(Socket socket) throws IOException {
    switch (polls.incrementAndGet()) {
      case 1 -> write(socket, whole(""));
      case 2 -> {
        shaken.join();
        write(socket, whole(SHAKEN));
      }
      default -> write(socket, whole(lastWord.join()));
    }
  }

  private static String whole(String body) {
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
