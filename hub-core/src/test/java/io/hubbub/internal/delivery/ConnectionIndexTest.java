package io.hubbub.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionIndexTest {
  private final NamingProtocol protocol = new NamingProtocol("json");
  private final ConnectionIndex index = new ConnectionIndex();

  @Test
  void leavingTakesAConnectionOutOfEverythingAndKeepsNothing() {
    RecordingClient client = new RecordingClient("c1", "ann", protocol);
    Member member = index.add(client);
    index.join(member, "g");
    index.join(member, "h");

    ConnectionIndex.Departure departure = index.remove(client).orElseThrow();

    assertThat(departure.groups()).isEqualTo(Set.of("g", "h"));
    assertThat(departure.user()).contains("ann");
    assertThat(index.all()).isEmpty();
    assertThat(index.groupCount()).isZero();
    assertThat(index.userCount()).isZero();
    assertThat(index.remove(client)).isEmpty();
  }

  @Test
  void connectionsAreWalkedInTheOrderOfArrival() {
    List<Member> arrived = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      arrived.add(index.add(new RecordingClient("c" + i, "ann", protocol)));
    }
    for (int i = 99; i >= 0; i--) {
      index.join(arrived.get(i), "g");
    }

    assertThat(index.all()).containsExactlyElementsOf(arrived);
    assertThat(index.group("g")).containsExactlyElementsOf(arrived);
    assertThat(index.user("ann")).containsExactlyElementsOf(arrived);
  }

  @Test
  void anIdIsOneConnectionsAtATime() {
    index.add(new RecordingClient("c1", protocol));
    Member second = index.add(new RecordingClient("c1", protocol));

    assertThat(index.all()).containsExactly(second);
  }

  @Test
  void aGroupGoesWithItsLastMember() {
    Member first = index.add(new RecordingClient("c1", protocol));
    Member second = index.add(new RecordingClient("c2", protocol));
    index.join(first, "g");
    index.join(second, "g");

    assertThat(index.leave(first, "g")).isTrue();
    assertThat(index.group("g")).containsExactly(second);
    assertThat(index.leave(second, "g")).isTrue();
    assertThat(index.leave(second, "g")).isFalse();
    assertThat(index.groupCount()).isZero();
  }

  @Test
  void namesDifferByCase() {
    Member member = index.add(new RecordingClient("c1", protocol));
    index.join(member, "Case");

    assertThat(index.group("case")).isEmpty();
    assertThat(index.leave(member, "case")).isFalse();
    assertThat(index.group("Case")).containsExactly(member);
  }

  @Test
  void aConnectionThatHasGoneJoinsNothing() {
    RecordingClient client = new RecordingClient("c1", protocol);
    Member member = index.add(client);
    index.remove(client);

    assertThat(index.join(member, "g")).isFalse();
    assertThat(index.groupCount()).isZero();
  }

  @Test
  void joiningWhileLeavingLeavesNoGroupBehind() throws Exception {
    for (int round = 0; round < 200; round++) {
      RecordingClient client = new RecordingClient("c" + round, protocol);
      Member member = index.add(client);
      CyclicBarrier start = new CyclicBarrier(2);
      Thread joining =
          new Thread(
              () -> {
                await(start);
                index.join(member, "g");
              });
      joining.start();
      await(start);
      index.remove(client);
      joining.join();
    }
    assertThat(index.groupCount()).isZero();
    assertThat(index.all()).isEmpty();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aNewUserIdFilesTheConnectionAnew() {
    RecordingClient client = new RecordingClient("c1", "ann", protocol);
    Member member = index.add(client);

    ConnectionIndex.UserChange change = index.moveUser(member, "bob");

    assertThat(change).isEqualTo(new ConnectionIndex.UserChange(true, Optional.of("ann")));
    assertThat(index.moveUser(member, "bob").moved()).isFalse();
    assertThat(index.user("ann")).isEmpty();
    assertThat(index.user("bob")).containsExactly(member);
    assertThat(index.userCount()).isOne();
  }

  @Test
  void anEmptyUserIdIsNobodys() {
    index.add(new RecordingClient("c1", "", protocol));

    assertThat(index.userCount()).isZero();
  }
}
