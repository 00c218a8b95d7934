package io.hubbub.client;

import io.hubbub.client.internal.ClientConnection;
import io.hubbub.client.internal.ClientMethods;
import io.hubbub.client.internal.HubCaller;
import io.hubbub.client.internal.TypedCalls;
import io.hubbub.client.internal.TypedMethods;
import io.hubbub.protocol.TypeReference;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a hub.
 *
 * <pre>{@code
 * HubConnection connection =
 *     HubConnection.builder(URI.create("https://example.com/chatHub"))
 *         .automaticReconnect(RetryPolicy.standard())
 *         .build();
 * connection.on("ReceiveMessage", String.class, String.class, (user, text) -> show(user, text));
 * connection.start().thenCompose(started -> connection.send("SendMessage", "Ann", "Hello"));
 * }</pre>
 *
 * <p>Names of hub methods and of the client's methods ignore case. Arguments that are {@link
 * Flow.Publisher}s are uploaded as streams, wherever they stand. Calls fail with {@link
 * InvocationFailedException} when the hub answers an error, with {@link
 * io.hubbub.ConnectionClosedException} when the connection is not there or goes away before the
 * answer, and with {@link io.hubbub.protocol.HubEncodingException} when an argument cannot be
 * written; nothing is repeated or dropped in silence. Cancelling a future ends the waiting for it.
 *
 * <p>Threads: every method may be called from any thread, and none blocks but {@link #close}.
 * Handlers, listeners and stream subscribers run on the callback executor, and those of one
 * connection one after the other, in the server's order. Futures are completed on a thread of the
 * client: a dependent that may block belongs into an {@code …Async} method, which runs it on the
 * callback executor.
 */
public final class HubConnection implements AutoCloseable {
  private final ClientConnection connection;
  private final HubCaller caller;
  private final ClientMethods methods;

  HubConnection(ClientConnection connection) {
    this.connection = connection;
    this.caller = connection.caller();
    this.methods = connection.methods();
  }

  /**
   * Begins to describe a connection.
   *
   * @param url the hub's address, http or https; its query goes with every request
   */
  public static HubConnectionBuilder builder(URI url) {
    return new HubConnectionBuilder(url);
  }

  /**
   * Connects: negotiate, transport, handshake. Nothing is tried again if that fails; automatic
   * reconnect begins to work once the connection was there.
   *
   * @return fails with {@link ConnectFailedException}, or with {@link IllegalStateException} if the
   *     connection is not {@linkplain HubConnectionState#DISCONNECTED disconnected}
   */
  public CompletableFuture<Void> start() {
    return connection.start();
  }

  /**
   * Ends the connection, an attempt to connect, or automatic reconnect. It can be started again
   * afterwards.
   *
   * @return done when the connection is closed; does not fail
   */
  public CompletableFuture<Void> stop() {
    return connection.stop();
  }

  /** Stops and waits for it, a few seconds at the most. */
  @Override
  public void close() {
    stop().join();
  }

  /** Where the connection stands. */
  public HubConnectionState state() {
    return connection.state();
  }

  /** The id by which the hub knows this connection; empty while there is none. */
  public Optional<String> connectionId() {
    return connection.connectionId();
  }

  /**
   * Calls a hub method and waits for its result.
   *
   * @param resultType what to make of the result; {@code Void.class} if it does not matter
   */
  public <T> CompletableFuture<T> invoke(
      Class<T> resultType, String target, @Nullable Object... arguments) {
    return caller.invoke(resultType, target, arguments);
  }

  /** Calls a hub method whose result is of a generic type. */
  public <T> CompletableFuture<T> invoke(
      TypeReference<T> resultType, String target, @Nullable Object... arguments) {
    return caller.invoke(resultType.type(), target, arguments);
  }

  /** Calls a hub method whose result is of a type known at run time only. */
  public <T> CompletableFuture<T> invoke(
      Type resultType, String target, @Nullable Object... arguments) {
    return caller.invoke(resultType, target, arguments);
  }

  /**
   * Calls a hub method without an answer: not even its failure comes back.
   *
   * @return done when the call has been handed to the network
   */
  public CompletableFuture<Void> send(String target, @Nullable Object... arguments) {
    return caller.send(target, arguments);
  }

  /**
   * The stream of a hub method. The method is called anew for every subscriber; cancelling the
   * subscription cancels it on the server. Items that are null on the wire arrive as null.
   *
   * <p>The wire has no back-pressure: items that were not asked for wait in memory, up to {@link
   * HubConnectionBuilder#streamBufferItems}.
   */
  public <T> Flow.Publisher<T> stream(
      Class<T> itemType, String target, @Nullable Object... arguments) {
    return caller.stream(itemType, target, arguments);
  }

  /** The stream of a hub method whose items are of a generic type. */
  public <T> Flow.Publisher<T> stream(
      TypeReference<T> itemType, String target, @Nullable Object... arguments) {
    return caller.stream(itemType.type(), target, arguments);
  }

  /** The stream of a hub method whose items are of a type known at run time only. */
  public <T> Flow.Publisher<T> stream(Type itemType, String target, @Nullable Object... arguments) {
    return caller.stream(itemType, target, arguments);
  }

  /**
   * The hub's methods behind an interface. A method that returns a future calls and waits, one that
   * returns a publisher streams, a {@code void} one only sends, and any other blocks until the
   * result is there. {@link io.hubbub.HubMethodName} gives a method another name on the wire.
   *
   * @throws IllegalArgumentException if it is no interface
   */
  public <T> T proxy(Class<T> contract) {
    return TypedCalls.proxy(contract, caller);
  }

  /**
   * Makes the methods of an interface callable by the server. What they return is the answer, also
   * inside a {@link java.util.concurrent.CompletionStage}; {@code void} methods give none.
   *
   * @throws IllegalArgumentException if it is no interface, or another handler of the same name
   *     answers already or has other parameters
   */
  public <T> Registration register(Class<T> contract, T implementation) {
    return TypedMethods.register(contract, implementation, methods);
  }

  /** Handles a call without arguments. */
  public Registration on(String target, Runnable handler) {
    return on(
        target,
        List.of(),
        arguments -> {
          handler.run();
          return null;
        });
  }

  /** Handles a call with one argument. */
  @SuppressWarnings("unchecked") // the protocol makes arguments of the registered types
  public <A> Registration on(String target, Class<A> type, Consumer<A> handler) {
    return on(
        target,
        List.of(type),
        arguments -> {
          handler.accept((A) arguments[0]);
          return null;
        });
  }

  /** Handles a call with one argument of a generic type. */
  @SuppressWarnings("unchecked") // the protocol makes arguments of the registered types
  public <A> Registration on(String target, TypeReference<A> type, Consumer<A> handler) {
    return on(
        target,
        List.of(type.type()),
        arguments -> {
          handler.accept((A) arguments[0]);
          return null;
        });
  }

  /** Handles a call with two arguments. */
  @SuppressWarnings("unchecked") // the protocol makes arguments of the registered types
  public <A, B> Registration on(
      String target, Class<A> first, Class<B> second, BiConsumer<A, B> handler) {
    return on(
        target,
        List.of(first, second),
        arguments -> {
          handler.accept((A) arguments[0], (B) arguments[1]);
          return null;
        });
  }

  /**
   * Handles a call with any number of arguments.
   *
   * @param types the arguments' types, in order
   * @throws IllegalArgumentException if another handler of the same name has other parameters
   */
  public Registration on(String target, List<Type> types, ClientMethod handler) {
    return methods.add(target, types, handler);
  }

  /** Answers a call without arguments. */
  public Registration answer(String target, Supplier<?> handler) {
    return answer(target, List.of(), arguments -> handler.get());
  }

  /** Answers a call with one argument. */
  @SuppressWarnings("unchecked") // the protocol makes arguments of the registered types
  public <A> Registration answer(String target, Class<A> type, Function<A, ?> handler) {
    return answer(target, List.of(type), arguments -> handler.apply((A) arguments[0]));
  }

  /** Answers a call with two arguments. */
  @SuppressWarnings("unchecked") // the protocol makes arguments of the registered types
  public <A, B> Registration answer(
      String target, Class<A> first, Class<B> second, BiFunction<A, B, ?> handler) {
    return answer(
        target,
        List.of(first, second),
        arguments -> handler.apply((A) arguments[0], (B) arguments[1]));
  }

  /**
   * Answers a call with any number of arguments. The answer may be null, and may come later in a
   * {@link java.util.concurrent.CompletionStage}; an exception answers with its message.
   *
   * @param types the arguments' types, in order
   * @throws IllegalArgumentException if another handler of the same name answers already or has
   *     other parameters
   */
  public Registration answer(String target, List<Type> types, ClientMethod handler) {
    return methods.addAnswering(target, types, handler);
  }

  /** Takes back all handlers of a name. */
  public void off(String target) {
    methods.removeAll(target);
  }

  /** Listens for a lost connection that automatic reconnect takes up; with the error, if any. */
  public Registration onReconnecting(Consumer<Optional<Throwable>> listener) {
    return connection.events().onReconnecting(listener);
  }

  /** Listens for the return of a lost connection; with its new id, if it was negotiated. */
  public Registration onReconnected(Consumer<Optional<String>> listener) {
    return connection.events().onReconnected(listener);
  }

  /** Listens for the end of a connection that was there; with the error, if any. */
  public Registration onClosed(Consumer<Optional<Throwable>> listener) {
    return connection.events().onClosed(listener);
  }

  /**
   * Shows the server a fresh access token for the open connection, which otherwise ends with the
   * old one. Where the server tells how long a token is good for, this happens by itself in time.
   *
   * @return fails if the server does not take it
   */
  public CompletableFuture<Void> refreshAuthentication() {
    return connection.refreshAuthentication();
  }
}
