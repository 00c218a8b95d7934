package io.hubbub.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.interop.server.ConformanceHubs;
import io.hubbub.interop.server.ConformanceServer;
import io.hubbub.interop.server.HubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Microsoft's own clients, feature by feature, against every server; what they can do is what
 * {@code docs/compatibility.md} says.
 */
class OfficialClientsTest {
  private static final Path PAGE = Path.of("../docs/compatibility.md");

  @ParameterizedTest
  @ValueSource(strings = {"netty", "tomcat", "jetty", "undertow"})
  @Timeout(300)
  void clientsCanDoWhatTheTableSays(String transport) throws IOException {
    try (HubServer server =
        HubServer.start(transport, 0, ConformanceHubs.map().build(), ConformanceServer::settings)) {
      String base = "http://127.0.0.1:" + server.port();
      List<Outcome> outcomes = new ArrayList<>();
      NodeScript.Ended script = NodeScript.run("features.mjs", "--base", base);
      script
          .output()
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(Outcome::parse)
          .forEach(outcomes::add);
      outcomes.addAll(MicrosoftJavaClient.outcomes(base));

      String page = CompatibilityTable.markdown(outcomes);
      Files.writeString(Path.of("target", "compatibility-" + transport + ".md"), page);
      assertThat(page).isEqualTo(Files.readString(PAGE));
    }
  }
}
