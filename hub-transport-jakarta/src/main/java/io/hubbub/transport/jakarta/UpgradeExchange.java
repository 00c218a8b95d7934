package io.hubbub.transport.jakarta;

import io.hubbub.http.BodyReader;
import io.hubbub.http.HttpResponse;
import io.hubbub.http.StreamSource;
import io.hubbub.http.WebSocketHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request to become a WebSocket. Containers upgrade only inside the call that brings the request,
 * so that call waits for the decision; it comes at once unless an authenticator asks somebody else.
 *
 * <p>Threads: decided on any; carried out on the container's thread, which calls {@link #finish}.
 */
final class UpgradeExchange extends ServletExchange {
  private static final long LIMIT_SECONDS = 30;

  private final CompletableFuture<Answer> decision = new CompletableFuture<>();

  UpgradeExchange(HttpServletRequest request, RoleNames roles) {
    super(request, roles);
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return true;
  }

  @Override
  public void readBody(BodyReader reader) {
    reader.onEnd();
  }

  @Override
  public CompletionStage<Void> respond(HttpResponse answer) {
    decision.complete((request, response, upgrades) -> write(answer, response));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void abort() {
    respond(HttpResponse.empty(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "text/plain"));
  }

  @Override
  public void stream(HttpResponse head, StreamSource source) {
    throw new IllegalStateException("Expected an upgrade or a whole answer, but found a stream");
  }

  @Override
  public void upgrade(HttpResponse head, WebSocketHandler handler) {
    Answer upgrade =
        (request, response, upgrades) -> upgrades.upgrade(request, response, head, handler);
    if (!decision.complete(upgrade)) {
      handler.onClosed(new TimeoutException("The decision came after the answer"));
    }
  }

  @Override
  public void onAborted(Runnable action) {
    // The container does not tell before it has got an answer.
  }

  /** Carries out what was decided, or answers 503 when nothing was for too long. */
  void finish(HttpServletRequest request, HttpServletResponse response, Upgrades upgrades)
      throws IOException {
    Answer late =
        (any, refused, none) -> refused.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    decision
        .completeOnTimeout(late, LIMIT_SECONDS, TimeUnit.SECONDS)
        .join()
        .carryOut(request, response, upgrades);
  }

  private static void write(HttpResponse answer, HttpServletResponse response) throws IOException {
    Heads.write(answer, response);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  /** What is done in the end. */
  @FunctionalInterface
  private interface Answer {
    void carryOut(HttpServletRequest request, HttpServletResponse response, Upgrades upgrades)
        throws IOException;
  }
}
