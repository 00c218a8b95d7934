package io.hubbub.interop.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubbub.client.HubConnectionState;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a driver, a line each.
 *
 * <p>Threads: any.
 */
final class DriverEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  DriverEvents(PrintStream out) {
    this.out = out;
  }

  void plain(String event) {
    print(event(event));
  }

  void lifecycle(String event, Optional<Throwable> error) {
    ObjectNode line = event(event);
    error.ifPresent(e -> line.put("error", text(e)));
    print(line);
  }

  void startFailed(Throwable error) {
    print(event("startFailed").put("error", text(error)));
  }

  void received(String target, List<@Nullable Object> arguments) {
    ObjectNode line = event("received").put("target", target);
    line.set("args", JsonValues.toJson(arguments));
    print(line);
  }

  void result(String id, @Nullable Object value) {
    print(withValue(event("result").put("id", id), value));
  }

  void item(String id, @Nullable Object value) {
    print(withValue(event("item").put("id", id), value));
  }

  void completed(String id) {
    print(event("completed").put("id", id));
  }

  void failed(String id, Throwable error) {
    print(event("failed").put("id", id).put("error", text(error)));
  }

  void state(HubConnectionState state) {
    print(event("state").put("value", state.name().toLowerCase(java.util.Locale.ROOT)));
  }

  private static ObjectNode event(String name) {
    return JSON.createObjectNode().put("event", name);
  }

  private static ObjectNode withValue(ObjectNode line, @Nullable Object value) {
    line.set("value", JsonValues.toJson(value));
    return line;
  }

  private static String text(Throwable error) {
    Throwable cause = error;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }

  private void print(ObjectNode line) {
    try {
      byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      synchronized (out) {
        out.write(bytes, 0, bytes.length);
        out.flush();
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
