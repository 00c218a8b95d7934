package io.hubbub.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubbub.Hub;
import io.hubbub.HubOptions;
import io.hubbub.spi.EndpointAccess;
import io.hubbub.spi.EndpointAccess.Decision;
import io.hubbub.spi.HubEndpoint;
import io.hubbub.spi.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Hubs over HTTP in memory: what every test here starts from. Threads: one. */
final class HttpFixture {
  private static final JsonMapper JSON = new JsonMapper();

  final FakeTime time = new FakeTime();
  final FakeHub hub = new FakeHub();
  final CompletableFuture<Void> hubsShutdown = new CompletableFuture<>();
  private final List<HubEndpoint> endpoints = new ArrayList<>();
  private final HubHttp http;

  private HttpFixture(Consumer<HubOptions.Builder> options, Consumer<HubHttp.Builder> settings) {
    HubOptions.Builder builder = HubOptions.builder();
    options.accept(builder);
    map("/hub", builder.build(), identity -> Decision.PERMITTED);
    map("/other", builder.build(), identity -> Decision.PERMITTED);
    map("/secure", builder.build(), HttpFixture::authenticated);
    HubHttp.Builder http = new HubHttp.Builder(endpoints, time, this::shutDown).clock(time);
    settings.accept(http);
    this.http = http.build();
  }

  static HttpFixture start() {
    return start(options -> {});
  }

  static HttpFixture start(Consumer<HubOptions.Builder> options) {
    return start(options, settings -> {});
  }

  static HttpFixture start(
      Consumer<HubOptions.Builder> options, Consumer<HubHttp.Builder> settings) {
    return new HttpFixture(options, settings);
  }

  static HttpFixture startWith(Consumer<HubHttp.Builder> settings) {
    return start(options -> {}, settings);
  }

  private void map(String path, HubOptions options, EndpointAccess access) {
    endpoints.add(new HubEndpoint(path, AnyHub.class, options, hub, access));
  }

  private CompletionStage<Void> shutDown(Duration limit) {
    return hubsShutdown;
  }

  private static Decision authenticated(Identity identity) {
    return identity.isAuthenticated() ? Decision.PERMITTED : Decision.UNAUTHENTICATED;
  }

  static Identity user(String name) {
    return Identity.of(() -> name);
  }

  HubHttp http() {
    return http;
  }

  FakeExchange send(FakeExchange exchange) {
    http.handle(exchange);
    return exchange;
  }

  FakeExchange get(String uri) {
    return send(new FakeExchange("GET", uri));
  }

  FakeExchange post(String uri, String... body) {
    return send(new FakeExchange("POST", uri).body(body));
  }

  FakeExchange delete(String uri) {
    return send(new FakeExchange("DELETE", uri));
  }

  FakeExchange eventStream(String uri) {
    return send(new FakeExchange("GET", uri).header("Accept", "text/event-stream"));
  }

  FakeExchange webSocket(String uri) {
    return send(new FakeExchange("GET", uri).upgrading());
  }

  /** The document that answers negotiate. */
  JsonNode negotiate(String query) {
    return json(post("/hub/negotiate?" + query));
  }

  /** The path of the hub with a new connection's token. */
  String connect() {
    return "/hub?id=" + negotiate("negotiateVersion=1").get("connectionToken").asText();
  }

  /** The same for a connection that has asked to come back after a lost socket. */
  String connectStateful() {
    String query = "negotiateVersion=1&useStatefulReconnect=true";
    return "/hub?id=" + negotiate(query).get("connectionToken").asText();
  }

  static JsonNode json(FakeExchange answered) {
    try {
      return JSON.readTree(answered.response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does nothing. */
  static final class AnyHub extends Hub {}
}
