package io.hubbub.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.http.HubHttp;
import io.hubbub.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Plays one script of requests. A step is a verb, the name of a connection and perhaps a text, in
 * which ␞ is the separator of records; what cannot be understood is skipped.
 *
 * <p>Threads: one.
 */
final class PostScript {
  private static final Set<Integer> STATUSES =
      Set.of(0, 101, 200, 202, 204, 400, 403, 404, 405, 409, 429, 503);

  /** The well-behaved client's poll may wait for as long, and no longer. */
  private static final int LONGEST_PAUSE = 60;

  private static final int MOST_REQUESTS = 200;

  private final HubHttp http;
  private final VirtualScheduler time;
  private final Map<String, String> targets = new HashMap<>();
  private final Map<String, FuzzBody> open = new HashMap<>();
  private final List<FuzzBody> bodies = new ArrayList<>();
  private final Map<String, FuzzExchange> latest = new HashMap<>();
  private final List<FuzzExchange> all = new ArrayList<>();
  private int paused;

  PostScript(HubHttp http, VirtualScheduler time) {
    this.http = http;
    this.time = time;
  }

  void step(String line) {
    if (all.size() > MOST_REQUESTS) {
      return;
    }
    String[] words = line.split(" ", 3);
    String who = words.length > 1 ? words[1] : "";
    byte[] text = words.length > 2 ? bytes(words[2]) : new byte[0];
    switch (words[0]) {
      case "negotiate" -> targets.put(who, PollingClient.negotiate(http));
      case "poll" -> send(who, get(who));
      case "slow" -> send(who, get(who).slowToRead());
      case "stream" -> send(who, get(who).header("Accept", "text/event-stream"));
      case "socket" -> send(who, get(who).header("Upgrade", "websocket"));
      case "post" -> post(who, text);
      case "open" -> open(who, text);
      case "more" -> open.getOrDefault(who, new FuzzBody()).add(text);
      case "end" -> open.getOrDefault(who, new FuzzBody()).end();
      case "break" -> open.getOrDefault(who, new FuzzBody()).breakOff();
      case "delete" -> send(who, new FuzzExchange("DELETE", target(who)));
      case "leave" -> latest.getOrDefault(who, get(who)).goAway();
      case "time" -> pause(who);
      default -> {}
    }
  }

  private void pause(String seconds) {
    if (seconds.matches("[0-9]{1,2}") && paused + Integer.parseInt(seconds) <= LONGEST_PAUSE) {
      paused += Integer.parseInt(seconds);
      time.advance(Duration.ofSeconds(Integer.parseInt(seconds)));
    }
  }

  private static byte[] bytes(String text) {
    return text.replace("\u00e2\u0090\u009e", "\u001e").getBytes(ISO_8859_1);
  }

  private String target(String who) {
    return targets.getOrDefault(who, "/hub?id=" + who);
  }

  private FuzzExchange get(String who) {
    return new FuzzExchange("GET", target(who));
  }

  /** A whole body, in pieces of any length. */
  private void post(String who, byte[] text) {
    Random random = new Random(Arrays.hashCode(text));
    FuzzBody body = new FuzzBody();
    for (int at = 0; at < text.length; ) {
      int end = Math.min(text.length, at + 1 + random.nextInt(text.length));
      body.add(Arrays.copyOfRange(text, at, end));
      at = end;
    }
    send(who, new FuzzExchange("POST", target(who)).body(body.end()));
  }

  /** A body whose rest comes later, or never. */
  private void open(String who, byte[] text) {
    FuzzBody body = new FuzzBody().add(text);
    open.put(who, body);
    bodies.add(body);
    send(who, new FuzzExchange("POST", target(who)).body(body));
  }

  private void send(String who, FuzzExchange exchange) {
    all.add(exchange);
    latest.put(who, exchange);
    if (!http.handle(exchange)) {
      all.remove(exchange);
    }
  }

  /** Bodies break off, streams are left. Polls and their answers are left to time. */
  void everybodyLeaves() {
    bodies.forEach(FuzzBody::breakOff);
    all.stream().filter(FuzzExchange::isStream).forEach(FuzzExchange::goAway);
  }

  /** Everybody has got an answer that belongs there. */
  void check() {
    for (FuzzExchange exchange : all) {
      assertThat(exchange.violations()).isEmpty();
      assertThat(exchange.isOver()).as("%s has ended", exchange).isTrue();
      // No status: the client has left before its answer came.
      assertThat(exchange.status()).as("status of %s", exchange).isIn(STATUSES);
    }
  }
}
