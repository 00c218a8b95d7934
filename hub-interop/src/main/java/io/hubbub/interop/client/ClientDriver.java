package io.hubbub.interop.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubbub.client.HubConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One connection behind stdin and stdout: a JSON command a line in, a JSON event a line out.
 * Commands are begun in their order and none waits for the one before.
 *
 * <p>Threads: commands on the main thread; events are written from any, a whole line at a time.
 */
public final class ClientDriver {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DriverEvents events;
  private final Map<String, PrintedStream> streams = new HashMap<>();
  private @Nullable HubConnection connection;

  ClientDriver(DriverEvents events) {
    this.events = events;
  }

  /** Obeys until stdin ends. */
  public static void main(String[] args) throws IOException {
    ClientDriver driver = new ClientDriver(new DriverEvents(System.out));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      driver.obey(JSON.readTree(line));
    }
    Runtime.getRuntime().halt(0);
  }

  void obey(JsonNode command) {
    switch (command.get("op").asText()) {
      case "build" -> build(command);
      case "on" -> on(command);
      case "start" -> start();
      case "stop" -> connection().stop();
      case "state" -> events.state(connection().state());
      case "invoke" -> invoke(command, arguments(command));
      case "send" -> connection().send(target(command), arguments(command));
      case "stream" -> stream(command);
      case "cancel" -> cancel(command);
      case "upload" -> upload(command);
      default -> throw new IllegalArgumentException("Expected a command, but got " + command);
    }
  }

  private HubConnection connection() {
    HubConnection built = connection;
    if (built == null) {
      throw new IllegalStateException("Expected 'build' as the first command");
    }
    return built;
  }

  private void build(JsonNode command) {
    HubConnection built = DriverSettings.builder(command).build();
    built.onClosed(error -> events.lifecycle("closed", error));
    built.onReconnecting(error -> events.lifecycle("reconnecting", error));
    built.onReconnected(id -> events.plain("reconnected"));
    connection = built;
  }

  private void on(JsonNode command) {
    String target = target(command);
    List<Type> types = Collections.nCopies(command.path("args").asInt(1), Object.class);
    JsonNode failure = command.path("throws");
    if (command.has("returns")) {
      Object value = JsonValues.toJava(command.get("returns"));
      connection()
          .answer(
              target,
              types,
              arguments -> {
                received(target, arguments, failure);
                return value;
              });
    } else {
      connection()
          .on(
              target,
              types,
              arguments -> {
                received(target, arguments, failure);
                return null;
              });
    }
  }

  private void received(String target, @Nullable Object[] arguments, JsonNode failure) {
    events.received(target, Arrays.asList(arguments));
    if (failure.isTextual()) {
      throw new IllegalStateException(failure.asText());
    }
  }

  private void start() {
    connection()
        .start()
        .whenComplete(
            (started, error) -> {
              if (error == null) {
                events.plain("started");
              } else {
                events.startFailed(error);
              }
            });
  }

  private void invoke(JsonNode command, @Nullable Object[] arguments) {
    String id = command.get("id").asText();
    CompletableFuture<Object> result =
        connection().invoke(Object.class, target(command), arguments);
    result.whenComplete(
        (value, error) -> {
          if (error == null) {
            events.result(id, value);
          } else {
            events.failed(id, error);
          }
        });
  }

  private void stream(JsonNode command) {
    String id = command.get("id").asText();
    Flow.Publisher<Object> items =
        connection().stream(Object.class, target(command), arguments(command));
    PrintedStream printed = new PrintedStream(id, events);
    streams.put(id, printed);
    items.subscribe(printed);
  }

  private void cancel(JsonNode command) {
    PrintedStream printed = streams.get(command.get("id").asText());
    if (printed != null) {
      printed.cancel();
    }
  }

  private void upload(JsonNode command) {
    @Nullable Object[] given = arguments(command);
    @Nullable Object[] arguments = Arrays.copyOf(given, given.length + 1);
    arguments[given.length] =
        new ItemSource(
            Arrays.asList(JsonValues.list(command.path("items"))),
            command.hasNonNull("error") ? command.get("error").asText() : null);
    invoke(command, arguments);
  }

  private static String target(JsonNode command) {
    return command.get("target").asText();
  }

  private static @Nullable Object[] arguments(JsonNode command) {
    return JsonValues.list(command.path("args"));
  }
}
