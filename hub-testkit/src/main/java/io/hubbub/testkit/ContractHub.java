package io.hubbub.testkit;

import io.hubbub.Authorize;
import io.hubbub.Hub;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What the transport contract calls. Threads: an object a call. */
class ContractHub extends Hub {
  /** The ids of the connections that have ended. */
  static final Queue<String> GONE = new ConcurrentLinkedQueue<>();

  public String echo(String value) {
    return value;
  }

  public CompletionStage<Void> broadcast(String message) {
    return clients().all().send("Receive", message);
  }

  public CompletionStage<Void> joinGroup(String group) {
    return groups().add(context().connectionId(), group);
  }

  public CompletionStage<Void> sendGroup(String group, String message) {
    return clients().group(group).send("Receive", message);
  }

  /** Broadcasts a long message again and again. */
  public void flood(String times, String size) {
    String message = "x".repeat(Integer.parseInt(size));
    for (int i = 0; i < Integer.parseInt(times); i++) {
      clients().all().send("Flood", i, message);
    }
  }

  public @Nullable String userId() {
    return context().userId().orElse(null);
  }

  public String id() {
    return context().connectionId();
  }

  public String header(String name) {
    return context().request().header(name).orElse("none");
  }

  public void abort() {
    context().abort();
  }

  @Override
  public void onDisconnected(@Nullable Throwable cause) {
    GONE.add(context().connectionId());
  }

  /** The same for users only. */
  @Authorize
  static class Secure extends ContractHub {}
}
