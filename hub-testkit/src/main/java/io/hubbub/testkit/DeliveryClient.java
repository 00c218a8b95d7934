package io.hubbub.testkit;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.Payload;
import io.hubbub.spi.ConnectedClient;
import io.hubbub.spi.HubLifetimeManager;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client as delivery sees it: keeps what it is sent and answers what it is asked. */
final class DeliveryClient implements ConnectedClient {
  private static final Executor network = ForkJoinPool.commonPool();

  private final String id;
  private final HubProtocol protocol;
  private final HubLifetimeManager manager;
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile @Nullable String user;
  private volatile @Nullable Function<String, CompletionMessage> answer;

  DeliveryClient(
      String id, @Nullable String user, HubProtocol protocol, HubLifetimeManager manager) {
    this.id = id;
    this.user = user;
    this.protocol = protocol;
    this.manager = manager;
  }

  HubLifetimeManager manager() {
    return manager;
  }

  List<String> texts() {
    return texts;
  }

  void clear() {
    texts.clear();
  }

  int questions() {
    return questions.get();
  }

  void becomes(String newUser) {
    user = newUser;
  }

  /** How questions are answered from now on; until then they are not. */
  void answers(Function<String, CompletionMessage> newAnswer) {
    answer = newAnswer;
  }

  @Override
  public String connectionId() {
    return id;
  }

  @Override
  public Optional<String> userId() {
    return Optional.ofNullable(user);
  }

  @Override
  public HubProtocol protocol() {
    return protocol;
  }

  @Override
  public void send(EncodedMessage message) {
    Payload payload = message.in(protocol);
    if (payload == null
        || !(protocol.parse(payload.buffer(), new ClientBinder())
            instanceof InvocationMessage call)) {
      throw new AssertionError("Expected a call in the protocol " + protocol.name());
    }
    String invocationId = call.invocationId();
    if (invocationId == null) {
      texts.add(String.valueOf(call.arguments()[0]));
    } else {
      questions.incrementAndGet();
      Function<String, CompletionMessage> how = answer;
      if (how != null) {
        network.execute(() -> reply(how.apply(invocationId)));
      }
    }
  }

  /** Goes over the wire, so that the type that is waited for decides how the result is read. */
  private void reply(CompletionMessage completion) {
    if (protocol.parse(ByteBuffer.wrap(protocol.encode(completion)), new ClientBinder())
        instanceof CompletionMessage received) {
      manager.complete(this, received);
    }
  }

  @Override
  public void abort(@Nullable Throwable cause) {}

  private final class ClientBinder implements InvocationBinder {
    @Override
    public List<Type> parameterTypes(String target) {
      return List.of(String.class);
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return manager.resultType(invocationId);
    }

    @Override
    public @Nullable Type itemType(String streamId) {
      return null;
    }
  }
}
