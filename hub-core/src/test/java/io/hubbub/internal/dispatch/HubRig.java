package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.BaseHub;
import io.hubbub.HubOptions;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One hub with one connection, driven message by message. */
final class HubRig implements AutoCloseable {
  final FakeConnection connection = new FakeConnection();
  final FakeLifetimeManager lifetimeManager = new FakeLifetimeManager();
  final ExecutorService executor;
  final HubCalls calls;

  HubRig(Class<? extends BaseHub> hubClass) {
    this(hubClass, Executors.newCachedThreadPool(), options -> options, builder -> builder);
  }

  HubRig(Class<? extends BaseHub> hubClass, ExecutorService executor) {
    this(hubClass, executor, options -> options, builder -> builder);
  }

  HubRig(Class<? extends BaseHub> hubClass, UnaryOperator<HubOptions.Builder> options) {
    this(hubClass, Executors.newCachedThreadPool(), options, builder -> builder);
  }

  HubRig(
      Class<? extends BaseHub> hubClass,
      UnaryOperator<HubOptions.Builder> options,
      UnaryOperator<DispatcherBuilder> parts) {
    this(hubClass, Executors.newCachedThreadPool(), options, parts);
  }

  private HubRig(
      Class<? extends BaseHub> hubClass,
      ExecutorService executor,
      UnaryOperator<HubOptions.Builder> options,
      UnaryOperator<DispatcherBuilder> parts) {
    this.executor = executor;
    HubOptions built = options.apply(HubOptions.builder()).build();
    DispatcherBuilder builder = new DispatcherBuilder(hubClass, built, executor, lifetimeManager);
    this.calls = parts.apply(builder).build().open(connection);
  }

  CompletableFuture<Void> dispatch(HubMessage message) {
    return calls.dispatch(message).toCompletableFuture();
  }

  CompletableFuture<Void> invoke(String id, String target, Object... arguments) {
    return dispatch(InvocationMessage.of(id, target, arguments));
  }

  CompletableFuture<Void> upload(
      String id, String target, List<String> streamIds, Object... arguments) {
    return dispatch(new InvocationMessage(id, target, arguments, streamIds, Map.of()));
  }

  CompletableFuture<Void> stream(String id, String target, Object... arguments) {
    return dispatch(new StreamInvocationMessage(id, target, arguments, List.of(), Map.of()));
  }

  CompletableFuture<Void> item(String streamId, Object item) {
    return dispatch(StreamItemMessage.of(streamId, item));
  }

  void endUpload(String streamId) {
    dispatch(CompletionMessage.empty(streamId));
  }

  void cancel(String id) {
    dispatch(CancelInvocationMessage.of(id));
  }

  /** What the client gets next. */
  HubMessage next() {
    try {
      HubMessage message = connection.sent.poll(30, TimeUnit.SECONDS);
      assertThat(message).as("a message within 30 s").isNotNull();
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CompletionMessage nextCompletion() {
    HubMessage message = next();
    assertThat(message).isInstanceOf(CompletionMessage.class);
    return (CompletionMessage) message;
  }

  /** The error that the next message carries. */
  String nextError() {
    return nextCompletion().error();
  }

  /** The result that the next message carries. */
  Object nextResult() {
    CompletionMessage completion = nextCompletion();
    assertThat(completion.error()).isNull();
    assertThat(completion.hasResult()).isTrue();
    return completion.result();
  }

  void expectNothingSent() {
    assertThat(connection.sent).isEmpty();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
