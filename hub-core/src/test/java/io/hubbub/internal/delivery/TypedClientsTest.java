package io.hubbub.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.Cancellation;
import io.hubbub.HubException;
import io.hubbub.HubMethodName;
import io.hubbub.TypedCallerClients;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.spi.HubLifetimeManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TypedClientsTest {
  interface Answering<R> {
    CompletionStage<R> answer();

    CompletionStage<List<R>> answers();
  }

  interface ChatClient extends Answering<Integer> {
    void receiveMessage(String user, Object text);

    CompletionStage<Void> joined(String group);

    @HubMethodName("Renamed")
    void other();

    CompletableFuture<String> ask(String question, Cancellation cancellation);

    default void greet(String user) {
      receiveMessage(user, "hello");
    }

    static void notCalled() {}
  }

  private final NamingProtocol protocol = new NamingProtocol("json");
  private final HubLifetimeManager manager = Delivery.inMemory(Runnable::run);
  private final RecordingClient ann = connect("a");
  private final RecordingClient bob = connect("b");
  private final TypedCallerClients<ChatClient> clients =
      Delivery.callerClients(manager, "a").typed(ChatClient.class);

  private RecordingClient connect(String id) {
    RecordingClient client = new RecordingClient(id, protocol);
    manager.connected(client);
    return client;
  }

  @Test
  void methodsAreSentUnderTheirNames() {
    clients.all().receiveMessage("ann", "hi");
    assertThat(clients.others().joined("g").toCompletableFuture()).isCompleted();
    clients.caller().other();
    clients.client("b").greet("bob");

    assertThat(ann.received).containsExactly("receiveMessage[ann, hi]", "Renamed[]");
    assertThat(bob.received)
        .containsExactly("receiveMessage[ann, hi]", "joined[g]", "receiveMessage[bob, hello]");
  }

  @Test
  void aResultTypeAsksTheClient() {
    CompletableFuture<Integer> answer = clients.client("b").answer().toCompletableFuture();

    assertThat(manager.resultType("s1")).isEqualTo(Integer.class);
    manager.complete(bob, CompletionMessage.result("s1", 7));
    assertThat(answer).isCompletedWithValue(7);
    clients.client("b").answers();
    assertThat(manager.resultType("s2").toString()).contains("List").contains("Integer");
  }

  @Test
  void onlyASingleClientCanBeAsked() {
    assertThatThrownBy(() -> clients.all().answer())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("InvokeAsync only works with Single clients.");
  }

  @Test
  void aTrailingCancellationIsNotSentAndEndsTheWait() {
    TestCancellation cancellation = new TestCancellation();
    CompletableFuture<String> answer = clients.client("b").ask("why", cancellation);
    assertThat(bob.received).containsExactly("s1:ask[why]");

    cancellation.action.run();

    assertThatThrownBy(answer::join)
        .cause()
        .isInstanceOf(HubException.class)
        .hasMessage("Invocation canceled by the server.");
    assertThat(manager.resultType("s1")).isNull();
  }

  private static final class TestCancellation implements Cancellation {
    Runnable action = () -> {};

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void onCancel(Runnable newAction) {
      action = newAction;
    }
  }

  @Test
  void aVoidMethodThrowsWhatIsWrongWithItsArguments() {
    assertThatThrownBy(() -> clients.all().receiveMessage("ann", Double.POSITIVE_INFINITY))
        .isInstanceOf(HubEncodingException.class);
  }

  @Test
  void proxiesBehaveAsObjects() {
    ChatClient all = clients.all();

    assertThat(List.of(all)).contains(all).doesNotContain(clients.others());
    assertThat(all).hasSameHashCodeAs(all);
    assertThat(all.toString()).contains("ChatClient");
  }

  interface ReturnsText {
    String text();
  }

  interface ReturnsRaw {
    @SuppressWarnings("rawtypes")
    CompletionStage raw();
  }

  @Test
  void interfacesThatCannotBeCalledAreRefused() {
    assertThatThrownBy(() -> TypedInterface.of(String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Type must be an interface.");
    assertThatThrownBy(() -> TypedInterface.of(ReturnsText.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot generate proxy implementation for '")
        .hasMessageContaining("ReturnsText.text'. All client proxy methods must return");
    assertThatThrownBy(() -> TypedInterface.of(ReturnsRaw.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
