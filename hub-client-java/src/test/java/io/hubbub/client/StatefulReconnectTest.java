package io.hubbub.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.client.FakeServer.Answer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatefulReconnectTest {
  private final FakeServer server = FakeServer.start();
  private HubConnection connection;
  private FakeSocket first;

  @BeforeEach
  void connect() {
    server.negotiateWith(
        request ->
            Answer.json(
                Answer.connection("token")
                    .body()
                    .replace("{\"neg", "{\"useStatefulReconnect\":true,\"neg")));
    connection = HubConnection.builder(server.url()).statefulReconnect().build();
    CompletableFuture<Void> started = connection.start();
    first = server.nextSocket();
    assertThat(first.receive().get("version").asInt()).isEqualTo(2);
    first.send("{}");
    started.join();
  }

  @AfterEach
  void close() {
    connection.stop();
    server.close();
  }

  private static void sequence(FakeSocket socket, int id) {
    socket.send("{\"type\":9,\"sequenceId\":" + id + "}");
  }

  @Test
  void cutSocketIsReplacedAndNothingIsLostOrDoubled() {
    BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
    connection.on("n", Integer.class, received::add);
    CompletableFuture<String> call = connection.invoke(String.class, "Slow");
    JsonNode sent = first.receive();
    first.send("{\"type\":1,\"target\":\"n\",\"arguments\":[1]}");
    assertThat(take(received)).isEqualTo(1);
    first.cut();

    FakeSocket second = server.nextSocket();
    sequence(second, 1);
    assertThat(second.receive().get("type").asInt()).isEqualTo(9);
    assertThat(second.receive()).isEqualTo(sent);
    second.send("{\"type\":1,\"target\":\"n\",\"arguments\":[1]}");
    second.send("{\"type\":1,\"target\":\"n\",\"arguments\":[2]}");
    assertThat(take(received)).isEqualTo(2);
    second.send(
        "{\"type\":3,\"invocationId\":\""
            + sent.get("invocationId").asText()
            + "\",\"result\":\"late\"}");
    assertThat(call.join()).isEqualTo("late");
    assertThat(connection.state()).isEqualTo(HubConnectionState.CONNECTED);
    assertThat(server.requests()).filteredOn(head -> head.startsWith("POST")).hasSize(1);
  }

  @Test
  void callsMadeWithoutASocketAreSentOverTheNext() {
    first.cut();
    List<CompletableFuture<String>> calls =
        List.of(connection.invoke(String.class, "A"), connection.invoke(String.class, "B"));
    FakeSocket second = server.nextSocket();
    sequence(second, 1);
    JsonNode sequence = second.receive();
    assertThat(sequence.get("type").asInt()).isEqualTo(9);
    second.answer("\"a\"");
    second.answer("\"b\"");
    assertThat(calls.get(0).join()).isEqualTo("a");
    assertThat(calls.get(1).join()).isEqualTo("b");
  }

  private static Integer take(BlockingQueue<Integer> received) {
    try {
      return received.poll(20, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
