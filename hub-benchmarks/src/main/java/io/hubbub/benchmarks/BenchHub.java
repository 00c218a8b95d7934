package io.hubbub.benchmarks;

import io.hubbub.Hub;
import java.util.concurrent.CompletionStage;

/** The hub that is raced: the same methods as its counterparts on other servers. */
public class BenchHub extends Hub {
  /** Answers what it got. */
  public String echo(String value) {
    return value;
  }

  /** Sends to everybody. */
  public CompletionStage<Void> broadcast(String message) {
    return clients().all().send("Receive", message);
  }

  /** Adds the caller to a group. */
  public CompletionStage<Void> joinGroup(String group) {
    return groups().add(context().connectionId(), group);
  }

  /** Sends to a group. */
  public CompletionStage<Void> sendGroup(String group, String message) {
    return clients().group(group).send("Receive", message);
  }
}
