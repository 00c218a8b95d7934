package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.hubbub.client.HubConnectionState;
import io.hubbub.client.internal.transport.ConnectAttempt;
import org.junit.jupiter.api.Test;

class ConnectionStateTest {
  private final ConnectionState state = new ConnectionState();
  private final ConnectAttempt attempt = new ConnectAttempt();
  private final Link link = mock(Link.class);

  @Test
  void onlyADisconnectedConnectionIsStarted() {
    assertThat(state.beginStart(attempt)).isTrue();
    assertThat(state.beginStart(new ConnectAttempt())).isFalse();
    assertThat(state.connected(attempt, link)).isTrue();
    assertThat(state.beginStart(new ConnectAttempt())).isFalse();
    assertThat(state.connectedLink()).hasValue(link);
  }

  @Test
  void attemptThatWasStoppedIsNotWanted() {
    state.beginStart(attempt);
    assertThat(state.stop().attempt()).hasValue(attempt);
    assertThat(state.connected(attempt, link)).isFalse();
    assertThat(state.gaveUp(attempt)).isFalse();
    assertThat(state.current()).isEqualTo(HubConnectionState.DISCONNECTED);
  }

  @Test
  void linkThatIsBeingStoppedIsNotReplaced() {
    state.beginStart(attempt);
    state.connected(attempt, link);
    assertThat(state.stop().link()).hasValue(link);
    assertThat(state.current()).isEqualTo(HubConnectionState.DISCONNECTING);
    assertThat(state.beginReconnect(link, new ConnectAttempt())).isFalse();
    assertThat(state.closed(link)).isTrue();
    assertThat(state.closed(link)).as("told once").isFalse();
  }

  @Test
  void reconnectTakesTheLinkAwayAndBringsAnother() {
    state.beginStart(attempt);
    state.connected(attempt, link);
    ConnectAttempt again = new ConnectAttempt();
    assertThat(state.beginReconnect(link, again)).isTrue();
    assertThat(state.connectedLink()).isEmpty();
    assertThat(state.current()).isEqualTo(HubConnectionState.RECONNECTING);
    Link next = mock(Link.class);
    assertThat(state.connected(again, next)).isTrue();
    assertThat(state.connectedLink()).hasValue(next);
  }

  @Test
  void oldLinkThatEndsLateChangesNothing() {
    state.beginStart(attempt);
    state.connected(attempt, link);
    ConnectAttempt again = new ConnectAttempt();
    state.beginReconnect(link, again);
    state.connected(again, mock(Link.class));
    assertThat(state.closed(link)).isFalse();
    assertThat(state.current()).isEqualTo(HubConnectionState.CONNECTED);
  }
}
