package io.hubbub.testkit.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.http.HubHttp;
import io.hubbub.protocol.negotiate.NegotiateProtocol;
import io.hubbub.protocol.negotiate.NegotiateResponse;
import java.util.concurrent.TimeUnit;

/**
 * A well-behaved client over long polling: a poll of it always waits.
 *
 * <p>Threads: one.
 */
final class PollingClient {
  private static final String SEPARATOR = "\u001e";

  private final HubHttp http;
  private final StringBuilder received = new StringBuilder();
  private String target = "";
  private FuzzExchange waiting = new FuzzExchange("GET", "");

  PollingClient(HubHttp http) {
    this.http = http;
  }

  /** The path of the hub with the token of a new connection; empty when it is refused. */
  static String negotiate(HubHttp http) {
    FuzzExchange exchange = new FuzzExchange("POST", "/hub/negotiate?negotiateVersion=1");
    http.handle(exchange);
    return exchange.status() == 200
        ? "/hub?id=" + ((NegotiateResponse.Accepted) answer(exchange)).token()
        : "";
  }

  private static NegotiateResponse answer(FuzzExchange exchange) {
    return NegotiateProtocol.parse(exchange.answerBody());
  }

  void connect() {
    target = negotiate(http);
    poll();
    poll();
    post("{\"protocol\":\"json\",\"version\":1}" + SEPARATOR);
    assertThat(next()).startsWith("{}" + SEPARATOR);
  }

  /** Calls the hub; answers everything that has come by then. */
  String echo(String text) {
    post(
        "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Echo\",\"arguments\":[\""
            + text
            + "\"]}"
            + SEPARATOR);
    while (received.indexOf("\"invocationId\":\"1\"") < 0) {
      received.append(next());
    }
    return received.toString();
  }

  /** Polls again if the poll that waited was answered; who stays away is forgotten. */
  void attend() {
    while (waiting.status() != 0) {
      received.append(next());
    }
  }

  void leave() {
    send(new FuzzExchange("DELETE", target));
  }

  private void post(String text) {
    FuzzBody body = new FuzzBody().add(text.getBytes(UTF_8)).end();
    assertThat(send(new FuzzExchange("POST", target).body(body)).status()).isEqualTo(200);
  }

  private void poll() {
    waiting = send(new FuzzExchange("GET", target));
  }

  /** What the poll that waits is answered with; another one waits then. */
  private String next() {
    FuzzExchange answered = waiting;
    assertThat(answered.awaitAnswer(10, TimeUnit.SECONDS)).isEqualTo(200);
    poll();
    return new String(answered.answerBody(), UTF_8);
  }

  private FuzzExchange send(FuzzExchange exchange) {
    http.handle(exchange);
    return exchange;
  }
}
