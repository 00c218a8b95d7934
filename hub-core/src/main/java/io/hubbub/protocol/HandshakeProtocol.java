package io.hubbub.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first exchange on a connection: one JSON record each way, whatever protocol follows.
 *
 * <p>Threads: immutable; any.
 */
public final class HandshakeProtocol {
  /** The highest protocol version that is accepted; lower ones all are. */
  public static final int MAX_VERSION = 2;

  /** The error of a handshake that did not come in time, is too long, or was given up. */
  public static final String CANCELED = "Handshake was canceled.";

  /** The error of a request that cannot be read; details are added where the hub shows them. */
  public static final String UNEXPECTED_ERROR =
      "An unexpected error occurred during connection handshake.";

  private static final int MAX_DEPTH = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();
  private static final byte[] OK_RECORD = {'{', '}', TextRecords.SEPARATOR};

  private HandshakeProtocol() {}

  /** The error for a protocol that is not registered or not allowed by the hub. */
  public static String unsupportedProtocol(String protocol) {
    return "The protocol '" + protocol + "' is not supported.";
  }

  /** The error for a version above {@link #MAX_VERSION}. */
  public static String unsupportedVersion(int version, String protocol) {
    return "The server does not support version "
        + version
        + " of the '"
        + protocol
        + "' protocol.";
  }

  /** The error for a protocol whose frames the connection's transport cannot carry. */
  public static String unsupportedTransferFormat(HubProtocol protocol) {
    return String.format(
        Locale.ROOT,
        "Cannot use the '%s' protocol on the current transport. The transport does not support"
            + " '%s' transfer format.",
        protocol.name(),
        protocol.transferFormat().wireName());
  }

  /** How handshake records are cut out of the stream. */
  public static Framing framing() {
    return TextRecords.INSTANCE;
  }

  /**
   * Reads a request.
   *
   * @param frame exactly one record, its separator included; afterwards fully consumed
   * @throws HubProtocolException if it is none, with the reason
   */
  public static HandshakeRequest parseRequest(ByteBuffer frame) {
    String content = content(frame);
    try (JsonParser parser = JSON.createParser(content)) {
      expectObject(parser);
      String protocol = null;
      Integer version = null;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        switch (parser.currentName()) {
          case "protocol" -> protocol = string(parser, "protocol");
          case "version" -> version = number(parser, "version");
          default -> skip(parser);
        }
      }
      expectEnd(parser);
      return new HandshakeRequest(
          required(protocol, "protocol", content), required(version, "version", content));
    } catch (IOException e) {
      throw unreadable(e, content);
    }
  }

  /**
   * Reads a response.
   *
   * @param frame exactly one record, its separator included; afterwards fully consumed
   * @throws HubProtocolException if it is none
   */
  public static HandshakeResponse parseResponse(ByteBuffer frame) {
    String content = content(frame);
    try (JsonParser parser = JSON.createParser(content)) {
      expectObject(parser);
      String error = null;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        switch (parser.currentName()) {
          case "type" ->
              throw new HubProtocolException("Expected a handshake response from the server.");
          case "error" -> error = string(parser, "error");
          default -> skip(parser);
        }
      }
      expectEnd(parser);
      return new HandshakeResponse(error);
    } catch (IOException e) {
      throw unreadable(e, content);
    }
  }

  /** Writes a request as one frame. */
  public static byte[] writeRequest(HandshakeRequest request) {
    return record(
        generator -> {
          generator.writeStringField("protocol", request.protocol());
          generator.writeNumberField("version", request.version());
        });
  }

  /** Writes a response as one frame. */
  public static byte[] writeResponse(HandshakeResponse response) {
    String error = response.error();
    return error == null
        ? OK_RECORD.clone()
        : record(generator -> generator.writeStringField("error", error));
  }

  private static String content(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    if (bytes.length == 0 || bytes[bytes.length - 1] != TextRecords.SEPARATOR) {
      throw new HubProtocolException("Expected a record that ends in 0x1E");
    }
    return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
  }

  private static void expectObject(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new HubProtocolException("Unexpected end when reading JSON.");
    }
    if (first != JsonToken.START_OBJECT) {
      throw new HubProtocolException(
          "Unexpected JSON Token Type '" + kind(first) + "'. Expected a JSON Object.");
    }
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "Array";
      case VALUE_STRING -> "String";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "Number";
      case VALUE_TRUE -> "True";
      case VALUE_FALSE -> "False";
      case VALUE_NULL -> "Null";
      default -> "None";
    };
  }

  private static String string(JsonParser parser, String name) throws IOException {
    if (parser.nextToken() != JsonToken.VALUE_STRING) {
      throw new HubProtocolException("Expected '" + name + "' to be of type String.");
    }
    return parser.getText();
  }

  private static int number(JsonParser parser, String name) throws IOException {
    if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT) {
      throw new HubProtocolException("Expected '" + name + "' to be of type Number.");
    }
    return parser.getIntValue();
  }

  private static void skip(JsonParser parser) throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  private static void expectEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new HubProtocolException("Expected nothing after the handshake's JSON object");
    }
  }

  private static <T> T required(@Nullable T value, String name, String content) {
    if (value == null) {
      throw new HubProtocolException(
          "Missing required property '" + name + "'. Message content: " + content);
    }
    return value;
  }

  private static HubProtocolException unreadable(IOException e, String content) {
    String found = e instanceof JsonProcessingException json ? json.getOriginalMessage() : "";
    return new HubProtocolException(
        "Error reading handshake JSON. " + found + " Message content: " + content, e);
  }

  private static byte[] record(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (JsonGenerator generator = JSON.createGenerator(bytes)) {
      generator.writeStartObject();
      members.writeTo(generator);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected no I/O in memory", e);
    }
    bytes.write(TextRecords.SEPARATOR);
    return bytes.toByteArray();
  }

  /** The members of one record. */
  @FunctionalInterface
  private interface Members {
    void writeTo(JsonGenerator generator) throws IOException;
  }
}
