package io.hubbub.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a client posts to one connection: one body at a time goes to the hub, the others wait. Each
 * is answered when the hub has taken its last byte.
 *
 * <p>Threads: any.
 */
final class PostQueue {
  /** Clients post one at a time; who has more than this many on the way is up to something. */
  private static final int MAXIMUM_WAITING = 16;

  private final HttpConnection connection;

  // Guarded by this.
  private final Deque<Post> waiting = new ArrayDeque<>(1);
  private @Nullable Post current;
  private boolean closed;

  PostQueue(HttpConnection connection) {
    this.connection = connection;
  }

  /** Takes a request; answers it now or later. */
  void add(HubRequest request) {
    Post post = new Post(request);
    switch (admit(post)) {
      case START -> post.start();
      case WAIT -> {}
      case FULL -> request.answer(429, "Too many requests wait for this connection");
      case GONE -> request.answer(404);
    }
  }

  /**
   * The connection has ended: nobody takes what is left. A body that was taken whole counts, also
   * when the hub had not done with it; whether it is whole shows when it is read on.
   */
  void close() {
    List<Post> left = new ArrayList<>();
    CompletableFuture<Void> readOn = null;
    synchronized (this) {
      closed = true;
      left.addAll(waiting);
      waiting.clear();
      Post running = current;
      if (running != null && running.blocked != null) {
        if (connection.session() == null) {
          current = null;
          left.add(running);
        } else {
          readOn = running.blocked;
        }
      }
    }
    left.forEach(post -> post.request.answer(404));
    if (readOn != null) {
      readOn.complete(null);
    }
  }

  private synchronized Admittance admit(Post post) {
    if (closed) {
      return Admittance.GONE;
    }
    if (current == null) {
      current = post;
      return Admittance.START;
    }
    if (waiting.size() == MAXIMUM_WAITING) {
      return Admittance.FULL;
    }
    waiting.add(post);
    return Admittance.WAIT;
  }

  private synchronized boolean isTaking(Post post) {
    return current == post && !closed;
  }

  /** The demand of a post that waits for the hub, at most until the connection ends. */
  private CompletionStage<Void> waitFor(Post post, CompletionStage<Void> demand) {
    CompletableFuture<Void> more = new CompletableFuture<>();
    demand.whenComplete((taken, failure) -> more.complete(null));
    synchronized (this) {
      post.blocked = more;
      if (!closed) {
        return more;
      }
    }
    more.complete(null);
    return more;
  }

  /** Answers a post that is over, unless it has been answered, and lets the next one start. */
  private void finish(Post post, int status) {
    Post next;
    synchronized (this) {
      if (current != post) {
        return;
      }
      next = waiting.poll();
      current = next;
    }
    post.request.answer(status);
    if (next != null) {
      next.start();
    }
  }

  private enum Admittance {
    START,
    WAIT,
    FULL,
    GONE
  }

  /** One request on its way. Threads: as a body reader. */
  private final class Post implements BodyReader {
    private final HubRequest request;

    /**
     * Completed when the body may be read on, if it has waited for the hub. Guarded by the queue.
     */
    private @Nullable CompletableFuture<Void> blocked;

    Post(HubRequest request) {
      this.request = request;
    }

    void start() {
      request.exchange().readBody(this);
    }

    @Override
    public CompletionStage<Void> onBytes(ByteBuffer bytes) {
      if (!isTaking(this)) {
        return refuse();
      }
      CompletionStage<Void> demand = connection.deliver(bytes);
      return demand.toCompletableFuture().isDone() ? demand : waitFor(this, demand);
    }

    private CompletionStage<Void> refuse() {
      finish(this, 404);
      return CompletableFuture.failedFuture(new IllegalStateException("The connection has ended"));
    }

    @Override
    public void onEnd() {
      finish(this, 200);
    }

    @Override
    public void onError(Throwable cause) {
      finish(this, 400);
    }
  }
}
