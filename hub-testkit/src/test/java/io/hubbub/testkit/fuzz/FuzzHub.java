package io.hubbub.testkit.fuzz;

import io.hubbub.Hub;
import io.hubbub.HubException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A hub with a method of every kind. */
public class FuzzHub extends Hub {
  private static final int MOST_ITEMS = 100;

  public String echo(String text) {
    return text;
  }

  public void broadcast(String text) {
    clients().all().send("Said", text);
  }

  public Stream<Integer> count(int items) {
    return IntStream.range(0, Math.min(items, MOST_ITEMS)).boxed();
  }

  public Flow.Publisher<Integer> back(Flow.Publisher<Integer> items) {
    return items;
  }

  public CompletionStage<Void> join(String group) {
    return groups().add(context().connectionId(), group);
  }

  public void leave() {
    context().abort();
  }

  public void fail() {
    throw new HubException("as it was asked to");
  }
}
