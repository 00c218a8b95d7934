package io.hubbub.protocol.msgpack;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.base.ParserMinimalBase;
import com.fasterxml.jackson.core.json.JsonReadContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Shows Jackson one MessagePack value, which was checked before, as tokens: binary and unknown
 * extensions as embedded bytes, a timestamp as ISO-8601 text, keys as text.
 *
 * <p>Threads: one at a time.
 */
final class MsgPackParser extends ParserMinimalBase {
  private static final int USUAL_DEPTH = 16;

  private final MsgPackCursor cursor;

  /** How many values (in an object: names and values) are still to come, by depth. */
  private int[] pending = new int[USUAL_DEPTH];

  private int depth;
  private @Nullable ObjectCodec codec;
  private JsonReadContext context = JsonReadContext.createRootContext(null);
  private boolean closed;

  // What the current token means; which of them, tells the token.
  private String text = "";
  private long number;
  private double floating;
  private @Nullable BigInteger big;
  private NumberType numberType = NumberType.INT;
  private byte @Nullable [] binary;
  private @Nullable Instant timestamp;

  MsgPackParser(MsgPackCursor cursor, @Nullable ObjectCodec codec) {
    this.cursor = cursor;
    this.codec = codec;
    pending[0] = 1;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    timestamp = null;
    if (pending[depth] == 0) {
      _currToken = closeContainer();
      return _currToken;
    }
    pending[depth]--;
    if (context.inObject() && (pending[depth] & 1) == 1) {
      context.setCurrentName(readKey());
      _currToken = JsonToken.FIELD_NAME;
    } else {
      _currToken = readValue();
    }
    return _currToken;
  }

  private @Nullable JsonToken closeContainer() {
    if (depth == 0) {
      return null;
    }
    JsonToken end = context.inObject() ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    context = context.clearAndGetParent();
    depth--;
    return end;
  }

  private String readKey() throws IOException {
    return switch (cursor.kind()) {
      case STRING -> cursor.readString();
      case INTEGER -> cursor.isBig() ? cursor.readBig().toString() : "" + cursor.readLong();
      case BOOLEAN -> String.valueOf(cursor.readBoolean());
      default -> throw new JsonParseException(this, "Expected a string as the key in a map");
    };
  }

  private JsonToken readValue() throws IOException {
    return switch (cursor.kind()) {
      case NIL -> {
        cursor.skipNil();
        yield JsonToken.VALUE_NULL;
      }
      case BOOLEAN -> cursor.readBoolean() ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE;
      case INTEGER -> readInteger();
      case FLOAT -> {
        numberType = cursor.isSingle() ? NumberType.FLOAT : NumberType.DOUBLE;
        floating = cursor.readFloat();
        yield JsonToken.VALUE_NUMBER_FLOAT;
      }
      case STRING -> {
        text = cursor.readString();
        yield JsonToken.VALUE_STRING;
      }
      case BINARY -> {
        binary = cursor.readBinary();
        yield JsonToken.VALUE_EMBEDDED_OBJECT;
      }
      case EXTENSION -> readExtension();
      case ARRAY -> {
        context = context.createChildArrayContext(0, 0);
        descend(cursor.readArrayLength());
        yield JsonToken.START_ARRAY;
      }
      case MAP -> {
        context = context.createChildObjectContext(0, 0);
        descend(2 * cursor.readMapLength());
        yield JsonToken.START_OBJECT;
      }
      default -> throw new JsonParseException(this, "Expected a value");
    };
  }

  private void descend(int values) {
    if (++depth == pending.length) {
      pending = Arrays.copyOf(pending, 2 * depth);
    }
    pending[depth] = values;
  }

  private JsonToken readInteger() {
    if (cursor.isBig()) {
      big = cursor.readBig();
      numberType = NumberType.BIG_INTEGER;
    } else {
      number = cursor.readLong();
      numberType = number == (int) number ? NumberType.INT : NumberType.LONG;
    }
    return JsonToken.VALUE_NUMBER_INT;
  }

  private JsonToken readExtension() throws IOException {
    if (!cursor.isTimestamp()) {
      binary = cursor.readExtension();
      return JsonToken.VALUE_EMBEDDED_OBJECT;
    }
    try {
      Instant instant = cursor.readTimestamp();
      timestamp = instant;
      text = instant.toString();
    } catch (DateTimeException e) {
      throw new JsonParseException(this, "Expected a timestamp in the range of Instant", e);
    }
    return JsonToken.VALUE_STRING;
  }

  /** The timestamp that the current token is; null for any other token. */
  @Nullable Instant timestamp() {
    return timestamp;
  }

  @Override
  public @Nullable String getText() throws IOException {
    JsonToken token = _currToken;
    if (token == null) {
      return null;
    }
    return switch (token) {
      case VALUE_STRING -> text;
      case FIELD_NAME -> context.getCurrentName();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> getNumberValue().toString();
      default -> token.asString();
    };
  }

  @Override
  public char[] getTextCharacters() throws IOException {
    String current = getText();
    return current == null ? new char[0] : current.toCharArray();
  }

  @Override
  public int getTextLength() throws IOException {
    String current = getText();
    return current == null ? 0 : current.length();
  }

  @Override
  public int getTextOffset() {
    return 0;
  }

  @Override
  public boolean hasTextCharacters() {
    return false;
  }

  @Override
  public byte[] getBinaryValue(Base64Variant variant) throws IOException {
    return embedded();
  }

  @Override
  public Object getEmbeddedObject() throws IOException {
    return embedded();
  }

  private byte[] embedded() throws IOException {
    byte[] bytes = binary;
    if (_currToken != JsonToken.VALUE_EMBEDDED_OBJECT || bytes == null) {
      throw new JsonParseException(this, "Expected binary data");
    }
    return bytes;
  }

  @Override
  public Number getNumberValue() throws IOException {
    if (_currToken == JsonToken.VALUE_NUMBER_INT) {
      BigInteger tooBig = big;
      return switch (numberType) {
        case INT -> (int) number;
        case BIG_INTEGER -> tooBig == null ? number : tooBig;
        default -> number;
      };
    }
    if (_currToken == JsonToken.VALUE_NUMBER_FLOAT) {
      return numberType == NumberType.FLOAT ? (Number) (float) floating : (Number) floating;
    }
    throw new JsonParseException(this, "Expected a number");
  }

  @Override
  public NumberType getNumberType() {
    return numberType;
  }

  @Override
  public int getIntValue() throws IOException {
    long value = getLongValue();
    if (value != (int) value) {
      reportOverflowInt();
    }
    return (int) value;
  }

  @Override
  public long getLongValue() throws IOException {
    if (_currToken == JsonToken.VALUE_NUMBER_INT && numberType != NumberType.BIG_INTEGER) {
      return number;
    }
    if (_currToken == JsonToken.VALUE_NUMBER_INT) {
      reportOverflowLong();
    }
    return getNumberValue().longValue();
  }

  @Override
  public BigInteger getBigIntegerValue() throws IOException {
    Number value = getNumberValue();
    return value instanceof BigInteger known ? known : BigInteger.valueOf(getLongValue());
  }

  @Override
  public float getFloatValue() throws IOException {
    return getNumberValue().floatValue();
  }

  @Override
  public double getDoubleValue() throws IOException {
    return getNumberValue().doubleValue();
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    Number value = getNumberValue();
    if (value instanceof BigInteger whole) {
      return new BigDecimal(whole);
    }
    if (_currToken == JsonToken.VALUE_NUMBER_INT) {
      return BigDecimal.valueOf(number);
    }
    if (!Double.isFinite(floating)) {
      throw new JsonParseException(this, "Expected a finite number");
    }
    return new BigDecimal(value.toString());
  }

  @Override
  public boolean isNaN() {
    return _currToken == JsonToken.VALUE_NUMBER_FLOAT && !Double.isFinite(floating);
  }

  @Override
  @SuppressWarnings("deprecation")
  public @Nullable String getCurrentName() {
    JsonReadContext named =
        _currToken == JsonToken.START_OBJECT || _currToken == JsonToken.START_ARRAY
            ? context.getParent()
            : context;
    return named.getCurrentName();
  }

  @Override
  @SuppressWarnings("deprecation")
  public void overrideCurrentName(String name) {
    try {
      context.setCurrentName(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public JsonStreamContext getParsingContext() {
    return context;
  }

  @Override
  public @Nullable ObjectCodec getCodec() {
    return codec;
  }

  @Override
  public void setCodec(ObjectCodec codec) {
    this.codec = codec;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  protected void _handleEOF() {}

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  @SuppressWarnings("deprecation")
  public JsonLocation getTokenLocation() {
    return JsonLocation.NA;
  }

  @Override
  @SuppressWarnings("deprecation")
  public JsonLocation getCurrentLocation() {
    return JsonLocation.NA;
  }
}
