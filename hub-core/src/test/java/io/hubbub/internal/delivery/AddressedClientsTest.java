package io.hubbub.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.Groups;
import io.hubbub.HubCallerClients;
import io.hubbub.spi.HubLifetimeManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AddressedClientsTest {
  private final NamingProtocol protocol = new NamingProtocol("json");
  private final HubLifetimeManager manager = Delivery.inMemory(Runnable::run);
  private final RecordingClient ann = connect("a", "ann");
  private final RecordingClient bob = connect("b", "bob");
  private final RecordingClient eve = connect("e", null);
  private final HubCallerClients clients = Delivery.callerClients(manager, "a");
  private final Groups groups = Delivery.groups(manager);

  private RecordingClient connect(String id, String user) {
    RecordingClient client = new RecordingClient(id, user, protocol);
    manager.connected(client);
    return client;
  }

  @Test
  void everyTargetReachesWhomItNames() {
    groups.add("a", "g");
    groups.add("b", "g");
    groups.add("b", "");
    groups.add("nobody", "g");
    clients.all().send("all");
    clients.allExcept(List.of("a", "a")).send("allExcept");
    clients.caller().send("caller");
    clients.others().send("others");
    clients.client("e").send("client");
    clients.clients(List.of("e", "e", "b")).send("clients");
    clients.group("g").send("group");
    clients.group("").send("emptyGroup");
    clients.groups(List.of("g", "g")).send("groups");
    clients.groupExcept("g", List.of("b")).send("groupExcept");
    clients.othersInGroup("g").send("othersInGroup");
    clients.user("bob").send("user");
    clients.users(List.of("bob", "ann", "bob")).send("users");

    assertThat(ann.received)
        .containsExactly(
            "all[]", "caller[]", "group[]", "groups[]", "groups[]", "groupExcept[]", "users[]");
    assertThat(bob.received)
        .containsExactly(
            "all[]",
            "allExcept[]",
            "others[]",
            "clients[]",
            "group[]",
            "emptyGroup[]",
            "groups[]",
            "groups[]",
            "othersInGroup[]",
            "user[]",
            "users[]");
    assertThat(eve.received)
        .containsExactly("all[]", "allExcept[]", "others[]", "client[]", "clients[]");
  }

  @Test
  void namesThatNobodyCanHaveAreRefused() {
    assertThatThrownBy(() -> clients.groups(List.of("g", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot send to an empty group name.");
    assertThatThrownBy(() -> clients.groups(Arrays.asList("g", null)))
        .hasMessage("Cannot send to an empty group name.");
    assertThatThrownBy(() -> clients.users(Collections.singletonList(null)))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> clients.user(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> clients.user("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> clients.client(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> clients.group(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> clients.all().send(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> groups.add(null, "g")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> groups.remove("a", null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void askingForAResultRunsTheHookFirst() {
    List<String> asked = new ArrayList<>();
    HubCallerClients hooked = Delivery.callerClients(manager, "a", asked::add);

    hooked.caller().send("plain");
    assertThat(asked).isEmpty();
    hooked.caller().invoke(String.class, "ask");
    hooked.client("b").invoke(String.class, "ask");
    assertThat(asked).containsExactly("a", "b");
    assertThat(bob.received).containsExactly("s2:ask[]");
  }

  @Test
  void aHookThatRefusesFailsTheFuture() {
    HubCallerClients hooked =
        Delivery.callerClients(
            manager,
            "a",
            connectionId -> {
              throw new IllegalStateException("not here");
            });

    CompletableFuture<String> refused = hooked.caller().invoke(String.class, "ask");

    assertThatThrownBy(refused::join).cause().hasMessage("not here");
    assertThat(ann.received).isEmpty();
  }
}
