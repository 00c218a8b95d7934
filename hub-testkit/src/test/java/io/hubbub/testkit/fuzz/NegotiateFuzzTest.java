package io.hubbub.testkit.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hubs;
import io.hubbub.http.HubHttp;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.negotiate.NegotiateProtocol;
import io.hubbub.protocol.negotiate.NegotiateResponse;
import io.hubbub.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged requests to negotiate, and damaged answers to it. Every request is answered once, in a
 * form that a client can read; every document is read or refused; neither takes much memory.
 */
@Tag("fuzz")
class NegotiateFuzzTest {
  private static final Set<Integer> REFUSALS = Set.of(204, 400, 403, 404, 405);
  private static final int MOST_UNSTARTED = 50;

  private final VirtualScheduler time = new VirtualScheduler();
  private final Hubs hubs =
      Hubs.builder()
          .scheduler(time)
          .executor(Runnable::run)
          .hub("/hub", FuzzHub.class)
          .hub("/new", FuzzHub.class, options -> options.minimumNegotiateVersion(1))
          .hub("/stateful", FuzzHub.class, options -> options.statefulReconnect(true))
          .build();
  private final HubHttp http =
      HubHttp.builder(hubs)
          .cors(cors -> cors.allowOrigin("https://good.example").allowCredentials())
          .maximumUnstartedConnections(MOST_UNSTARTED)
          .build();
  private int rounds;

  @AfterEach
  void close() {
    http.close();
    hubs.close();
  }

  @Test
  void everyRequestIsAnsweredOnceAndInForm() {
    Fuzzer.of("negotiate", Mutator.LINES).run(this::request);
  }

  @Test
  void everyAnswerIsReadOrRefused() {
    Fuzzer.of("negotiate-answer", Mutator.BYTES).run(NegotiateFuzzTest::parse);
  }

  private void request(byte[] input) {
    FuzzExchange exchange = exchange(Mutator.lines(input));
    boolean ours = http.handle(exchange);
    if (ours) {
      checkAnswer(exchange);
    } else {
      assertThat(exchange.status()).as("status of what is not ours").isZero();
    }
    exchange.goAway();
    assertThat(exchange.violations()).isEmpty();
    Allocation.isBounded(() -> http.handle(exchange(Mutator.lines(input))));
    if (++rounds % (MOST_UNSTARTED / 5) == 0) {
      // What nobody started is forgotten, so that there is always room for more.
      time.advance(Duration.ofSeconds(20));
    }
  }

  private static void checkAnswer(FuzzExchange exchange) {
    boolean negotiates = exchange.path().toLowerCase(Locale.ROOT).contains("/negotiate");
    if (negotiates && exchange.method().equals("POST")) {
      assertThat(exchange.status()).isEqualTo(200);
      NegotiateResponse answer = NegotiateProtocol.parse(exchange.answerBody());
      assertThat(answer).isNotInstanceOf(NegotiateResponse.Redirect.class);
    } else if (exchange.isWebSocketUpgrade() && !negotiates) {
      assertThat(exchange.status()).isIn(101, 403, 404, 405);
    } else {
      assertThat(exchange.status()).isIn(REFUSALS);
    }
  }

  /** A request as text: method and target, headers, an empty line, the body. */
  private static FuzzExchange exchange(List<String> lines) {
    Iterator<String> rest = lines.iterator();
    String[] first = rest.next().split(" ", 3);
    FuzzExchange exchange =
        new FuzzExchange(first[0].toUpperCase(Locale.ROOT), first.length > 1 ? first[1] : "/hub");
    for (String line = ""; rest.hasNext() && !(line = rest.next()).isEmpty(); ) {
      int colon = Math.max(0, line.indexOf(':'));
      // A server refuses a head with control characters before we see it.
      String value = line.substring(colon).replaceAll("\\p{Cntrl}", "");
      exchange.header(line.substring(0, colon), value.replaceFirst("^: *", ""));
    }
    FuzzBody body = new FuzzBody();
    rest.forEachRemaining(line -> body.add(line.getBytes(ISO_8859_1)));
    return exchange.body(body.end());
  }

  private static void parse(byte[] document) {
    NegotiateResponse answer = read(document);
    if (answer != null && UTF_8.newEncoder().canEncode(answer.toString())) {
      assertThat(NegotiateProtocol.parse(NegotiateProtocol.write(answer)))
          .as("what was read, written and read again")
          .isEqualTo(answer);
    }
    Allocation.isBounded(() -> read(document));
  }

  private static @Nullable NegotiateResponse read(byte[] document) {
    try {
      return NegotiateProtocol.parse(document);
    } catch (HubProtocolException refused) {
      return null;
    }
  }
}
