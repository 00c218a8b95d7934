package io.hubbub.protocol.msgpack;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Function;

/**
 * The types that MessagePack carries in another form than JSON: points in time are timestamps
 * (times with an offset or a zone stay ISO-8601 text, so that nothing is lost), numbers beyond 64
 * bits are strings, and a {@code char} may come as a number.
 *
 * <p>Threads: any.
 */
final class MsgPackTypes {
  /** As Jackson bounds numbers in JSON: the time to read one grows faster than its length. */
  private static final int LONGEST_NUMBER = 1000;

  private MsgPackTypes() {}

  /** For the mapper that reads and writes MessagePack. */
  static SimpleModule module() {
    return new SimpleModule("hubbub-messagepack")
        .addSerializer(new PointInTime<>(Instant.class, Function.identity()))
        .addSerializer(new PointInTime<>(Date.class, date -> Instant.ofEpochMilli(date.getTime())))
        .addSerializer(new PointInTime<>(Calendar.class, Calendar::toInstant))
        .addDeserializer(
            BigDecimal.class,
            new BigNumber<>(BigDecimal.class, BigDecimal::new, JsonParser::getDecimalValue))
        .addDeserializer(
            BigInteger.class,
            new BigNumber<>(BigInteger.class, BigInteger::new, BigNumber::wholeNumber))
        .addDeserializer(Character.class, new CharacterOrCode(Character.class))
        .addDeserializer(char.class, new CharacterOrCode(char.class))
        .addDeserializer(Object.class, new Untyped());
  }

  private static final class PointInTime<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<T, Instant> point;

    PointInTime(Class<T> type, Function<T, Instant> point) {
      super(type);
      this.point = point;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      Instant instant = point.apply(value);
      if (generator instanceof MsgPackGenerator own) {
        own.writeTimestamp(instant);
      } else {
        // A tree or a token buffer in between.
        generator.writeString(instant.toString());
      }
    }
  }

  /** Reads what a parser stands on as a number. */
  @FunctionalInterface
  private interface NumberReader<T> {
    T read(JsonParser parser) throws IOException;
  }

  private static final class BigNumber<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> ofText;
    private final transient NumberReader<T> ofNumber;

    BigNumber(Class<T> type, Function<String, T> ofText, NumberReader<T> ofNumber) {
      super(type);
      this.ofText = ofText;
      this.ofNumber = ofNumber;
    }

    static BigInteger wholeNumber(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        throw new IllegalArgumentException("Expected a whole number");
      }
      return parser.getBigIntegerValue();
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getText();
      try {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
          return ofNumber.read(parser);
        }
        if (text.length() <= LONGEST_NUMBER) {
          return ofText.apply(text);
        }
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(this, "Expected a number: %s", e.getMessage());
      }
      return context.reportInputMismatch(
          this, "Expected a number of at most %d characters", LONGEST_NUMBER);
    }
  }

  private static final class CharacterOrCode extends StdDeserializer<Character> {
    private static final long serialVersionUID = 1L;

    CharacterOrCode(Class<Character> type) {
      super(type);
    }

    @Override
    public Character deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING && parser.getText().length() == 1) {
        return parser.getText().charAt(0);
      }
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        int code = parser.getIntValue();
        if (code == (char) code) {
          return (char) code;
        }
      }
      return context.reportInputMismatch(this, "Expected one character");
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
      return handledType().isPrimitive() ? (Object) '\0' : super.getAbsentValue(context);
    }

    @Override
    public Character getNullValue(DeserializationContext context) throws JsonMappingException {
      return handledType().isPrimitive()
          ? context.reportInputMismatch(this, "Expected one character but found nil")
          : super.getNullValue(context);
    }
  }

  /** Maps, lists, strings, numbers, booleans, bytes and instants. */
  private static final class Untyped extends UntypedObjectDeserializer {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("deprecation") // the other constructor wants types that are not known here
    Untyped() {}

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser instanceof MsgPackParser own) {
        Instant timestamp = own.timestamp();
        if (timestamp != null) {
          return timestamp;
        }
      }
      return super.deserialize(parser, context);
    }
  }
}
