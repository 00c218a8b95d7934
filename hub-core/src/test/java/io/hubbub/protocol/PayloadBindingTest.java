package io.hubbub.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How values become Java values: the same rules in both protocols. */
class PayloadBindingTest {
  private static final Object REFUSED = new Object();

  enum Wire {
    JSON(JsonHubProtocol.create()),
    MESSAGE_PACK(MessagePackHubProtocol.create());

    final HubProtocol protocol;

    Wire(HubProtocol protocol) {
      this.protocol = protocol;
    }

    /** Writes a value and reads it as a type; {@link #REFUSED} if it does not fit. */
    Object bind(Object value, Type type) {
      byte[] frame = protocol.encode(StreamItemMessage.of("1", value));
      HubMessage read = protocol.parse(ByteBuffer.wrap(frame), FixedBinder.of(type));
      return read instanceof StreamItemMessage item ? item.item() : REFUSED;
    }
  }

  enum Color {
    Red,
    Green
  }

  record Point(int x, int y, String label, Color color) {}

  record Letters(char first, boolean second, double third) {}

  /** A bean with accessors. */
  public static final class Bean {
    private long count = 7;

    public long getCount() {
      return count;
    }

    public void setCount(long count) {
      this.count = count;
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesIgnoreCaseAndUnknownMembersAreIgnored(Wire wire) {
    Map<String, Object> sent = Map.of("X", 1, "LABEL", "a", "color", "green", "other", List.of(1));
    assertThat(wire.bind(sent, Point.class)).isEqualTo(new Point(1, 0, "a", Color.Green));
  }

  @ParameterizedTest
  @EnumSource
  void absentMembersHaveTheirDefaults(Wire wire) {
    assertThat(wire.bind(Map.of(), Point.class)).isEqualTo(new Point(0, 0, null, null));
    assertThat(wire.bind(Map.of(), Letters.class)).isEqualTo(new Letters('\0', false, 0));
    assertThat(((Bean) wire.bind(Map.of(), Bean.class)).getCount()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void nullIsNoPrimitive(Wire wire) {
    for (Class<?> type :
        List.of(
            boolean.class,
            byte.class,
            short.class,
            char.class,
            int.class,
            long.class,
            float.class,
            double.class)) {
      assertThat(wire.bind(null, type)).as(type.getName()).isSameAs(REFUSED);
    }
    assertThat(wire.bind(Collections.singletonMap("x", null), Point.class)).isSameAs(REFUSED);
    assertThat(wire.bind(Collections.singletonMap("first", null), Letters.class)).isSameAs(REFUSED);
    assertThat(wire.bind(Collections.singletonList(null), int[].class)).isSameAs(REFUSED);
    assertThat(wire.bind(null, Integer.class)).isNull();
    assertThat(wire.bind(null, Point.class)).isNull();
    assertThat(wire.bind(null, Optional.class)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsConvertedSilently(Wire wire) {
    assertThat(wire.bind("5", int.class)).isSameAs(REFUSED);
    assertThat(wire.bind(1.5, int.class)).isSameAs(REFUSED);
    assertThat(wire.bind(3_000_000_000L, int.class)).isSameAs(REFUSED);
    assertThat(wire.bind(300, byte.class)).isSameAs(REFUSED);
    assertThat(wire.bind(5, String.class)).isSameAs(REFUSED);
    assertThat(wire.bind(true, String.class)).isSameAs(REFUSED);
    assertThat(wire.bind(1, boolean.class)).isSameAs(REFUSED);
    assertThat(wire.bind("true", boolean.class)).isSameAs(REFUSED);
    assertThat(wire.bind("", Point.class)).isSameAs(REFUSED);
    assertThat(wire.bind(List.of(1), Point.class)).isSameAs(REFUSED);
    for (Map<String, ?> sent :
        List.of(Map.of("x", "5"), Map.of("x", 1.5), Map.of("label", 5), Map.of("label", true))) {
      assertThat(wire.bind(sent, Point.class)).as(sent.toString()).isSameAs(REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wholeNumbersFitFloatingOnes(Wire wire) {
    assertThat(wire.bind(5, double.class)).isEqualTo(5.0);
    assertThat(wire.bind(5, Float.class)).isEqualTo(5f);
    assertThat(wire.bind(5, BigDecimal.class)).isEqualTo(new BigDecimal(5));
  }

  @ParameterizedTest
  @EnumSource
  void enumsAreReadByNameAndByNumber(Wire wire) {
    assertThat(wire.bind("Green", Color.class)).isEqualTo(Color.Green);
    assertThat(wire.bind("green", Color.class)).isEqualTo(Color.Green);
    assertThat(wire.bind(1, Color.class)).isEqualTo(Color.Green);
    assertThat(wire.bind(2, Color.class)).isSameAs(REFUSED);
    assertThat(wire.bind("1", Color.class)).isSameAs(REFUSED);
    assertThat(wire.bind("", Color.class)).isSameAs(REFUSED);
  }

  @ParameterizedTest
  @EnumSource
  void valuesOfTheJdkComeBackAsTheyWere(Wire wire) {
    for (Object value :
        List.of(
            (short) -7,
            (byte) 7,
            'é',
            1.25f,
            new BigDecimal("79228162514264337593543950335.5"),
            new UUID(1, 2),
            Instant.parse("2024-02-29T12:30:15.123456789Z"),
            Instant.parse("1969-12-31T23:59:59.5Z"),
            Instant.parse("2600-01-01T00:00:00Z"),
            Instant.EPOCH,
            new Date(1_709_209_815_123L),
            OffsetDateTime.parse("2024-02-29T12:30:15.123+01:00"),
            LocalDate.parse("2024-02-29"),
            Duration.ofMillis(1500),
            new byte[] {1, 2, -1},
            new int[] {1, -2},
            new String[] {"a", null},
            Color.Green,
            new Point(1, 2, "x", Color.Red))) {
      assertThat(wire.bind(value, value.getClass())).isEqualTo(value);
    }
    assertThat(wire.bind(Optional.of("x"), Optional.class)).isEqualTo(Optional.of("x"));
  }

  @ParameterizedTest
  @EnumSource
  void genericTypesAreBoundByTheirArguments(Wire wire) {
    Type points = new TypeReference<Map<String, List<Point>>>() {}.type();
    Point point = new Point(1, 2, "x", null);
    assertThat(wire.bind(Map.of("a", List.of(point)), points))
        .isEqualTo(Map.of("a", List.of(point)));
  }

  @ParameterizedTest
  @EnumSource
  void objectIsBoundToTypesOfTheJdk(Wire wire) {
    Map<String, Object> sent = new HashMap<>();
    sent.put("int", 1);
    sent.put("long", 1L << 40);
    sent.put("double", 1.5);
    sent.put("true", true);
    sent.put("null", null);
    sent.put("list", List.of("a", Map.of("b", 2)));
    assertThat(wire.bind(sent, Object.class)).isEqualTo(sent);
  }
}
