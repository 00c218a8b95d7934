package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.BaseHub;
import io.hubbub.Hub;
import io.hubbub.HubException;
import io.hubbub.HubFilter;
import io.hubbub.HubInvocation;
import io.hubbub.HubMethodName;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.StreamItemMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilterTest {
  private final List<String> trace = new CopyOnWriteArrayList<>();

  @Test
  void firstFilterIsOutermost() {
    try (HubRig rig =
        new HubRig(
            FilteredHub.class,
            options -> options.filter(new Tracing("outer")).filter(new Tracing("inner")))) {
      rig.invoke("1", "echo", "x");
      assertThat(rig.nextResult()).isEqualTo("outer(inner(x))");
      assertThat(trace).containsExactly("outer echo [x]", "inner echo [x]");
    }
  }

  @Test
  void filterMaySkipTheMethod() {
    HubFilter refusing =
        new HubFilter() {
          @Override
          public CompletionStage<Object> invoke(HubInvocation invocation, InvocationStep next) {
            throw new HubException("not now");
          }
        };
    try (HubRig rig = new HubRig(FilteredHub.class, options -> options.filter(refusing))) {
      rig.invoke("1", "echo", "x");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'echo' on the server. HubException: not now");
    }
  }

  @Test
  void filterMayReplaceArgumentsAndResult() {
    HubFilter replacing =
        new HubFilter() {
          @Override
          public CompletionStage<Object> invoke(HubInvocation invocation, InvocationStep next)
              throws Exception {
            return next.proceed(invocation.withArguments(List.of("other")))
                .thenApply(result -> List.of(result));
          }
        };
    try (HubRig rig = new HubRig(FilteredHub.class, options -> options.filter(replacing))) {
      rig.invoke("1", "echo", "x");
      assertThat(rig.nextResult()).isEqualTo(List.of("other"));
    }
  }

  @Test
  void filterSeesTheJavaNameAndLaterResults() {
    try (HubRig rig = new HubRig(FilteredHub.class, options -> options.filter(new Tracing("f")))) {
      rig.invoke("1", "renamed");
      assertThat(rig.nextResult()).isEqualTo("f(later)");
      assertThat(trace).containsExactly("f javaName []");
    }
  }

  @Test
  void filterSeesWhatTheMethodThrows() {
    List<Throwable> seen = new ArrayList<>();
    HubFilter watching =
        new HubFilter() {
          @Override
          public CompletionStage<Object> invoke(HubInvocation invocation, InvocationStep next)
              throws Exception {
            try {
              return next.proceed(invocation);
            } catch (Exception e) {
              seen.add(e);
              return CompletableFuture.completedStage("caught");
            }
          }
        };
    try (HubRig rig = new HubRig(FilteredHub.class, options -> options.filter(watching))) {
      rig.invoke("1", "fail");
      assertThat(rig.nextResult()).isEqualTo("caught");
      assertThat(seen).singleElement().isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void filtersDoNotSeeWhatCannotBeBound() {
    try (HubRig rig = new HubRig(FilteredHub.class, options -> options.filter(new Tracing("f")))) {
      rig.dispatch(new InvocationBindingFailure("1", "echo", false, false, "count"));
      rig.dispatch(new InvocationBindingFailure("2", "nope", false, true, "unknown"));
      rig.next();
      rig.next();
      assertThat(trace).isEmpty();
    }
  }

  @Test
  void filterOfAStreamWrapsOnlyTheCallThatReturnsIt() {
    try (HubRig rig = new HubRig(FilteredHub.class, options -> options.filter(new Passing("f")))) {
      rig.stream("1", "numbers");
      assertThat(rig.next()).isEqualTo(StreamItemMessage.of("1", 1));
      assertThat(trace).containsExactly("f before", "f after");
      assertThat(rig.next()).isEqualTo(CompletionMessage.empty("1"));
    }
  }

  @Test
  void connectsAndDisconnectsGoThroughTheFilters() {
    try (HubRig rig =
        new HubRig(
            FilteredHub.class,
            options -> options.filter(new Tracing("outer")).filter(new Tracing("inner")))) {
      rig.calls.connected().toCompletableFuture().join();
      assertThat(trace).containsExactly("outer connected", "inner connected");
      trace.clear();
      rig.calls.disconnected(new IllegalStateException("cut")).toCompletableFuture().join();
      assertThat(trace).containsExactly("outer disconnected cut", "inner disconnected cut");
    }
  }

  private final class Tracing implements HubFilter {
    private final String name;

    Tracing(String name) {
      this.name = name;
    }

    @Override
    public CompletionStage<Object> invoke(HubInvocation invocation, InvocationStep next)
        throws Exception {
      trace.add(name + " " + invocation.methodName() + " " + invocation.arguments());
      return next.proceed(invocation).thenApply(result -> name + "(" + result + ")");
    }

    @Override
    public void onConnected(BaseHub hub, ConnectedStep next) throws Exception {
      trace.add(name + " connected");
      next.proceed();
    }

    @Override
    public void onDisconnected(BaseHub hub, Throwable cause, DisconnectedStep next)
        throws Exception {
      trace.add(name + " disconnected " + cause.getMessage());
      next.proceed(cause);
    }
  }

  private final class Passing implements HubFilter {
    private final String name;

    Passing(String name) {
      this.name = name;
    }

    @Override
    public CompletionStage<Object> invoke(HubInvocation invocation, InvocationStep next)
        throws Exception {
      trace.add(name + " before");
      CompletionStage<Object> stream = next.proceed(invocation);
      trace.add(name + " after");
      return stream;
    }
  }

  static class FilteredHub extends Hub {
    public String echo(String value) {
      return value;
    }

    @HubMethodName("renamed")
    public CompletionStage<String> javaName() {
      return CompletableFuture.completedStage("later");
    }

    public void fail() throws java.io.IOException {
      throw new java.io.IOException("disk");
    }

    public Stream<Integer> numbers() {
      return Stream.of(1);
    }
  }
}
