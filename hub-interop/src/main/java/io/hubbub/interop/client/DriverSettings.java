package io.hubbub.interop.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubbub.TransportType;
import io.hubbub.client.AccessTokenProvider;
import io.hubbub.client.HubConnection;
import io.hubbub.client.HubConnectionBuilder;
import io.hubbub.client.RetryPolicy;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The members of a driver's {@code build} command. */
final class DriverSettings {
  private DriverSettings() {}

  static HubConnectionBuilder builder(JsonNode command) {
    HubConnectionBuilder builder = HubConnection.builder(URI.create(command.get("url").asText()));
    if (command.path("protocol").asText().equals("messagepack")) {
      builder.protocol(MessagePackHubProtocol.create());
    }
    if (command.path("transport").isTextual()) {
      builder.transports(transport(command.get("transport").asText()));
    }
    if (command.path("skipNegotiation").asBoolean()) {
      builder.skipNegotiation();
    }
    if (command.path("statefulReconnect").asBoolean()) {
      builder.statefulReconnect();
    }
    if (command.hasNonNull("token")) {
      builder.accessToken(tokens(command.get("token")));
    }
    command
        .path("headers")
        .properties()
        .forEach(header -> builder.header(header.getKey(), header.getValue().asText()));
    addReconnect(builder, command.path("reconnect"));
    addTimes(builder, command);
    return builder;
  }

  private static TransportType transport(String name) {
    return switch (name) {
      case "webSockets" -> TransportType.WEB_SOCKETS;
      case "serverSentEvents" -> TransportType.SERVER_SENT_EVENTS;
      case "longPolling" -> TransportType.LONG_POLLING;
      default -> throw new IllegalArgumentException("Expected a transport, but got " + name);
    };
  }

  /** One text, or one for each time that is asked, the last again and again. */
  private static AccessTokenProvider tokens(JsonNode given) {
    if (given.isTextual()) {
      return AccessTokenProvider.fixed(given.asText());
    }
    AtomicInteger asked = new AtomicInteger();
    return () -> {
      int index = Math.min(asked.getAndIncrement(), given.size() - 1);
      return CompletableFuture.completedFuture(given.get(index).asText());
    };
  }

  private static void addReconnect(HubConnectionBuilder builder, JsonNode reconnect) {
    if (reconnect.isArray()) {
      List<Duration> delays = new ArrayList<>();
      reconnect.forEach(millis -> delays.add(Duration.ofMillis(millis.asLong())));
      builder.automaticReconnect(RetryPolicy.delays(delays));
    } else if (reconnect.asBoolean()) {
      builder.automaticReconnect();
    }
  }

  private static void addTimes(HubConnectionBuilder builder, JsonNode command) {
    if (command.hasNonNull("serverTimeoutMs")) {
      Duration timeout = Duration.ofMillis(command.get("serverTimeoutMs").asLong());
      builder.serverTimeout(timeout).handshakeTimeout(timeout);
    }
    if (command.hasNonNull("keepAliveMs")) {
      builder.keepAliveInterval(Duration.ofMillis(command.get("keepAliveMs").asLong()));
    }
  }
}
