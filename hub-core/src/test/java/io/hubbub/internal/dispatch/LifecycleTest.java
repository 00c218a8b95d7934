package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.ConnectionClosedException;
import io.hubbub.Hub;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  @Test
  void hubLearnsOfConnectAndDisconnect() {
    try (HubRig rig = new HubRig(LifeHub.class)) {
      rig.calls.connected().toCompletableFuture().join();
      assertThat(rig.connection.items).containsEntry("connected", "c1");
      IllegalStateException cause = new IllegalStateException("cut");
      rig.calls.disconnected(cause).toCompletableFuture().join();
      assertThat(rig.connection.items).containsEntry("cause", cause);
    }
  }

  @Test
  void exceptionOfOnConnectedIsHandedOn() {
    try (HubRig rig = new HubRig(RefusingHub.class)) {
      assertThatThrownBy(() -> rig.calls.connected().toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("no entry");
    }
  }

  @Test
  void clientsCannotBeAskedInsideOnConnected() {
    try (HubRig rig = new HubRig(AskingHub.class)) {
      assertThatThrownBy(() -> rig.calls.connected().toCompletableFuture().join())
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage(
              "Client results inside OnConnectedAsync Hub methods are not allowed.");
    }
  }

  @Test
  void goneClientCannotBeAskedInsideOnDisconnected() {
    try (HubRig rig = new HubRig(AskingHub.class)) {
      assertThatThrownBy(() -> rig.calls.disconnected(null).toCompletableFuture().join())
          .hasCauseInstanceOf(ConnectionClosedException.class)
          .hasRootCauseMessage("Connection 'c1' disconnected.");
    }
  }

  static class LifeHub extends Hub {
    @Override
    public void onConnected() {
      context().items().put("connected", context().connectionId());
    }

    @Override
    public void onDisconnected(Throwable cause) {
      context().items().put("cause", cause);
    }
  }

  static class RefusingHub extends Hub {
    @Override
    public void onConnected() throws Exception {
      throw new Exception("no entry");
    }
  }

  static class AskingHub extends Hub {
    @Override
    public void onConnected() {
      clients().caller().invoke(String.class, "question");
    }

    @Override
    public void onDisconnected(Throwable cause) {
      clients().caller().invoke(String.class, "question");
    }
  }
}
