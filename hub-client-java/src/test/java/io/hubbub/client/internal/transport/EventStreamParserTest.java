package io.hubbub.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {
  private final List<String> events = new ArrayList<>();
  private final EventStreamParser parser =
      new EventStreamParser(
          100, bytes -> events.add(StandardCharsets.UTF_8.decode(bytes).toString()));

  private void add(String text) throws IOException {
    parser.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void linesOfOneEventAreJoined() throws IOException {
    add("data: a\r\ndata: b\r\n\r\ndata:c\n\n");
    assertThat(events).containsExactly("a\nb", "c");
  }

  @Test
  void commentsAndOtherFieldsAreSkipped() throws IOException {
    add(":\r\n\r\n: keep\r\nevent: x\r\nid: 1\r\ndata\r\ndatabase: no\r\n\r\n");
    assertThat(events).containsExactly("");
  }

  @Test
  void piecesMayEndAnywhere() throws IOException {
    String stream = "data: 안녕\r\n\r\ndata: b\r\n\r\n";
    for (byte piece : stream.getBytes(StandardCharsets.UTF_8)) {
      parser.add(ByteBuffer.wrap(new byte[] {piece}));
    }
    assertThat(events).containsExactly("안녕", "b");
  }

  @Test
  void eventThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> add("data: " + "x".repeat(200)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("maximumMessageSize");
  }
}
