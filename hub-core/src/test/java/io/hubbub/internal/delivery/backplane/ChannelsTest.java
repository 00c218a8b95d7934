package io.hubbub.internal.delivery.backplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
  private static final List<String> NAMES =
      List.of("a", "", ":", "all", ":all", "a:group:a", "group:a", "B:all", "internal:groups", "*");

  @Test
  void noNameOfAUserLeadsToAnotherChannel() {
    Set<String> channels = new HashSet<>();
    int made = 0;
    for (String hub : List.of("A", "B", "A.B", "a")) {
      Channels of = new Channels(hub, "server");
      channels.addAll(List.of(of.all(), of.groupCommands(), of.acks(), of.results()));
      made += 4;
      for (String name : NAMES) {
        channels.addAll(List.of(of.group(name), of.user(name), of.connection(name)));
        made += 3;
      }
    }
    assertThat(channels).hasSize(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "A:group", "A:", ":A"})
  void hubNamesThatCouldMeetAnotherHubsChannelsAreRefused(String hub) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Channels(hub, "server"));
  }
}
