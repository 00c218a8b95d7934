package io.hubbub.http;

import io.hubbub.TransportType;
import io.hubbub.protocol.Payload;
import io.hubbub.spi.ConnectionReceiver;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection over long polling: one GET after the other, each answered with everything that waits
 * for the client; the way up is POST.
 *
 * <p>Threads: any; {@link PollState} decides, this acts.
 */
final class LongPolling implements TransportSession {
  private static final String BINARY = "application/octet-stream";
  private static final String TEXT = "text/plain";

  /** No cache may answer a poll. */
  private static final List<Map.Entry<String, String>> UNCACHED =
      List.of(
          Map.entry("Cache-Control", "no-cache, no-store"),
          Map.entry("Pragma", "no-cache"),
          Map.entry("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"));

  private final HttpConnection connection;
  private final PollState state;

  /** How many bytes make an answer long enough. */
  private final int limit;

  /** Written before the first poll is answered. */
  private volatile @Nullable ConnectionReceiver receiver;

  /** What was collected and is not answered yet. Only the owner of the draining touches it. */
  private ByteArrayOutputStream collected = new ByteArrayOutputStream(0);

  LongPolling(HttpConnection connection) {
    this.connection = connection;
    this.state = new PollState(connection.endpoint().options());
    this.limit = connection.endpoint().options().outboundLimit();
  }

  /** The request with headers against caches on whatever it is answered. */
  static HubRequest uncached(HubRequest poll) {
    return new HubRequest(
        new HeaderExchange(poll.exchange(), UNCACHED), poll.endpoint(), poll.identity());
  }

  @Override
  public TransportType type() {
    return TransportType.LONG_POLLING;
  }

  @Override
  public void attach(HubRequest poll) {
    act(state.arrived(poll, connection.now()));
    poll.exchange().onAborted(() -> state.aborted(poll, connection.now()));
  }

  @Override
  public void outboundReady() {
    act(state.ready());
  }

  @Override
  public void tick(long now) {
    act(state.tick(hasHubEnded(), now));
  }

  @Override
  public void abort() {
    act(state.abort());
  }

  /** The client ends the connection; its request has been answered. */
  void delete() {
    connection.forget();
    act(state.deleted(connection.now()));
  }

  private void act(PollState.Decision first) {
    PollState.Decision decision = first;
    while (decision.todo() != PollState.Todo.NOTHING) {
      decision.over().forEach(poll -> poll.answer(204));
      decision = act(decision.todo(), decision.poll());
    }
    decision.over().forEach(poll -> poll.answer(204));
  }

  /** Does one thing; answers what is to be done next. */
  private PollState.Decision act(PollState.Todo todo, @Nullable HubRequest poll) {
    switch (todo) {
      case START:
        return start(Objects.requireNonNull(poll));
      case DRAIN, KEEP_AND_DRAIN:
        return drain();
      case ANSWER:
        answer(Objects.requireNonNull(poll), HttpResponse.of(200, BINARY, takeCollected()));
        break;
      case ANSWER_EMPTY:
        answer(Objects.requireNonNull(poll), HttpResponse.empty(200, TEXT));
        break;
      case REFUSE:
        Objects.requireNonNull(poll).answer(409);
        break;
      case REQUEST_CLOSE:
        connection.requestClose();
        break;
      case FINISH:
        connection.dispose(null);
        break;
      case CUT:
        Objects.requireNonNull(poll).exchange().abort();
        connection.dispose(WriteWatch.failure(connection.endpoint().options().sendTimeout()));
        break;
      case KEEP, NOTHING:
        break;
    }
    return PollState.Decision.NOTHING;
  }

  private PollState.Decision start(HubRequest poll) {
    receiver = connection.start(poll);
    if (receiver == null) {
      // Where the connection was ended meanwhile, that has answered the poll.
      if (state.startFailed()) {
        poll.answer(500);
      }
      return PollState.Decision.NOTHING;
    }
    return state.started(connection.now());
  }

  private PollState.Decision drain() {
    // Asked first: what the hub queued before it ended is collected below.
    boolean hubEnded = hasHubEnded();
    // A hub that sends as fast as this collects must not fill the memory: the next poll goes on.
    while (collected.size() < limit) {
      Payload next = connection.poll();
      if (next == null) {
        break;
      }
      collected.write(next.array(), 0, next.size());
    }
    return state.drained(collected.size() > 0, hubEnded, connection.now());
  }

  private boolean hasHubEnded() {
    ConnectionReceiver hub = receiver;
    return hub != null && hub.end().isPresent();
  }

  private byte[] takeCollected() {
    byte[] bytes = collected.toByteArray();
    collected = new ByteArrayOutputStream(0);
    return bytes;
  }

  private void answer(HubRequest poll, HttpResponse response) {
    poll.exchange()
        .respond(response)
        .whenComplete((done, failure) -> act(state.answered(poll, connection.now())));
  }
}
