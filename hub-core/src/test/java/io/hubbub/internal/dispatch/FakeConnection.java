package io.hubbub.internal.dispatch;

import io.hubbub.Cancellation;
import io.hubbub.ConnectionRequest;
import io.hubbub.Groups;
import io.hubbub.HubCallerClients;
import io.hubbub.HubCallerContext;
import io.hubbub.HubScope;
import io.hubbub.SingleClientProxy;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.Identity;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** A connection in memory: keeps what is sent, and can refuse it or have no room for it. */
final class FakeConnection implements CallerConnection, ConnectedClient, HubCallerContext {
  static final String ID = "c1";

  final BlockingQueue<HubMessage> sent = new LinkedBlockingQueue<>();
  final ConcurrentMap<Object, Object> items = new ConcurrentHashMap<>();
  volatile Identity identity = Identity.ANONYMOUS;
  volatile Predicate<HubMessage> unwritable = message -> false;
  volatile CompletionStage<Void> room = HubCalls.READY;

  @Override
  public HubScope scope(ClientResultGate gate) {
    return new HubScope(clients(gate), fake(Groups.class), this);
  }

  /** Clients of which only the caller can be asked, and answers at once. */
  private static HubCallerClients clients(ClientResultGate gate) {
    SingleClientProxy caller =
        (SingleClientProxy)
            Proxy.newProxyInstance(
                FakeConnection.class.getClassLoader(),
                new Class<?>[] {SingleClientProxy.class},
                (proxy, method, arguments) -> {
                  gate.beforeInvoke(ID);
                  return CompletableFuture.completedFuture("answer");
                });
    return (HubCallerClients)
        Proxy.newProxyInstance(
            FakeConnection.class.getClassLoader(),
            new Class<?>[] {HubCallerClients.class},
            (proxy, method, arguments) -> caller);
  }

  private static <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            FakeConnection.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            }));
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public ConnectedClient client() {
    return this;
  }

  @Override
  public CompletionStage<Void> send(HubMessage message) {
    if (unwritable.test(message)) {
      throw new HubEncodingException("cannot be written", new IllegalArgumentException("infinite"));
    }
    CompletionStage<Void> roomAfterIt =
        room; // the test may change it as soon as it sees the message
    sent.add(message);
    return roomAfterIt;
  }

  @Override
  public void fail(Throwable cause) {
    throw new AssertionError("Expected no failure of the connection", cause);
  }

  @Override
  public String connectionId() {
    return ID;
  }

  @Override
  public Optional<String> userId() {
    return Optional.empty();
  }

  @Override
  public HubProtocol protocol() {
    return fake(HubProtocol.class);
  }

  @Override
  public void send(EncodedMessage message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void abort(Throwable cause) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Principal> principal() {
    return identity.principal();
  }

  @Override
  public ConcurrentMap<Object, Object> items() {
    return items;
  }

  @Override
  public ConnectionRequest request() {
    return fake(ConnectionRequest.class);
  }

  @Override
  public void abort() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cancellation aborted() {
    return new CancellationSource();
  }

  static Identity user(String name, String... roles) {
    Principal principal = () -> name;
    return new Identity(
        Optional.of(principal), List.of(roles)::contains, java.util.Map.of(), Optional.empty());
  }
}
