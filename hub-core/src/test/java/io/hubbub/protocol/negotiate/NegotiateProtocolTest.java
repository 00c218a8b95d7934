package io.hubbub.protocol.negotiate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.negotiate.NegotiateResponse.Accepted;
import io.hubbub.protocol.negotiate.NegotiateResponse.Redirect;
import io.hubbub.protocol.negotiate.NegotiateResponse.Refused;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiateProtocolTest {
  private static final List<AvailableTransport> TRANSPORTS =
      List.of(
          new AvailableTransport("WebSockets", EnumSet.allOf(TransferFormat.class)),
          new AvailableTransport("ServerSentEvents", EnumSet.of(TransferFormat.TEXT)));

  private static final String TRANSPORTS_JSON =
      "[{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
          + "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]}]";

  @Test
  void acceptedDocumentHasTheOriginalsMembersInItsOrder() {
    bothWays(
        new Accepted(1, "id", "token", true, TRANSPORTS),
        "{\"useStatefulReconnect\":true,\"negotiateVersion\":1,\"connectionId\":\"id\","
            + "\"connectionToken\":\"token\",\"availableTransports\":"
            + TRANSPORTS_JSON
            + "}");
  }

  @Test
  void versionZeroHasNoTokenAndTheIdServesAsOne() {
    Accepted accepted = new Accepted(0, "id", null, false, List.of());
    bothWays(
        accepted, "{\"negotiateVersion\":0,\"connectionId\":\"id\",\"availableTransports\":[]}");
    assertThat(accepted.token()).isEqualTo("id");
  }

  @Test
  void redirectAndRefusal() {
    bothWays(
        new Redirect("http://a/", "t"),
        "{\"negotiateVersion\":0,\"url\":\"http://a/\",\"accessToken\":\"t\","
            + "\"availableTransports\":[]}");
    bothWays(new Refused("no"), "{\"error\":\"no\"}");
  }

  @Test
  void unknownMembersTransportsAndFormatsArePassedOver() {
    Accepted read =
        (Accepted)
            parse(
                "{\"x\":{},\"connectionId\":\"i\",\"availableTransports\":[{\"y\":[],"
                    + "\"transport\":\"Pigeon\",\"transferFormats\":[\"Paper\",\"Text\"]}]}");
    assertThat(read.availableTransports())
        .containsExactly(new AvailableTransport("Pigeon", EnumSet.of(TransferFormat.TEXT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"connectionId\":\"i\"}",
        "{\"availableTransports\":[]}",
        "{\"connectionId\":1,\"availableTransports\":[]}",
        "{\"connectionId\":\"i\",\"availableTransports\":[1]}",
        "{\"connectionId\":\"i\",\"availableTransports\":[{}]}",
        "{\"negotiateVersion\":1,\"connectionId\":\"i\",\"availableTransports\":[]}",
        "{\"negotiateVersion\":99999999999,\"connectionId\":\"i\",\"availableTransports\":[]}",
        "{\"ProtocolVersion\":\"1.5\"}"
      })
  void documentThatLacksSomethingIsRefused(String json) {
    assertThatThrownBy(() -> parse(json)).isInstanceOf(HubProtocolException.class);
  }

  @Test
  void nestingWithoutEndIsRefused() {
    String head = "{\"connectionId\":\"i\",\"availableTransports\":[],\"x\":";
    assertThat(parse(head + "[".repeat(60) + "]".repeat(60) + "}"))
        .isInstanceOf(NegotiateResponse.Accepted.class);
    assertThatThrownBy(() -> parse(head + "[".repeat(70) + "]".repeat(70) + "}"))
        .isInstanceOf(HubProtocolException.class);
  }

  private static void bothWays(NegotiateResponse response, String json) {
    assertThat(NegotiateProtocol.write(response)).asString(UTF_8).isEqualTo(json);
    assertThat(parse(json)).isEqualTo(response);
  }

  private static NegotiateResponse parse(String json) {
    return NegotiateProtocol.parse(json.getBytes(UTF_8));
  }
}
