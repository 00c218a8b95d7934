package io.hubbub.protocol.negotiate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.negotiate.NegotiateResponse.Accepted;
import io.hubbub.protocol.negotiate.NegotiateResponse.Redirect;
import io.hubbub.protocol.negotiate.NegotiateResponse.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a negotiate document while it is read.
 *
 * <p>Threads: one at a time.
 */
final class NegotiateMembers {
  private int version;
  private boolean statefulReconnect;
  private @Nullable String connectionId;
  private @Nullable String connectionToken;
  private @Nullable String url;
  private @Nullable String accessToken;
  private @Nullable String error;
  private @Nullable List<AvailableTransport> transports;
  private @Nullable Long tokenLifetimeSeconds;

  /** Reads the value that the parser stands on. */
  void read(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "negotiateVersion" -> version = integer(name, parser);
      case "connectionId" -> connectionId = string(name, parser);
      case "connectionToken" -> connectionToken = string(name, parser);
      case "tokenLifetimeSeconds" -> tokenLifetimeSeconds = (long) integer(name, parser);
      case "url" -> url = string(name, parser);
      case "accessToken" -> accessToken = string(name, parser);
      case "error" -> error = string(name, parser);
      case "useStatefulReconnect" -> statefulReconnect = bool(name, parser);
      case "availableTransports" -> transports = readTransports(parser);
      case "ProtocolVersion" ->
          throw new HubProtocolException(
              "Expected an ASP.NET Core SignalR server but found one of classic ASP.NET SignalR");
      default -> parser.skipChildren();
    }
  }

  /** The response, if all that it needs was there. */
  NegotiateResponse toResponse() {
    if (error != null) {
      return new Refused(error);
    }
    if (url != null) {
      return new Redirect(url, accessToken);
    }
    if (version > 0) {
      required("connectionToken", connectionToken);
    }
    return new Accepted(
        version,
        required("connectionId", connectionId),
        version > 0 ? connectionToken : null,
        statefulReconnect,
        required("availableTransports", transports),
        tokenLifetimeSeconds);
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new HubProtocolException(
          "Missing required property '" + name + "' in the answer to negotiate");
    }
    return value;
  }

  private static List<AvailableTransport> readTransports(JsonParser parser) throws IOException {
    expect("availableTransports", "an array", parser, JsonToken.START_ARRAY);
    List<AvailableTransport> read = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect("availableTransports", "an array of objects", parser, JsonToken.START_OBJECT);
      read.add(readTransport(parser));
    }
    return read;
  }

  private static AvailableTransport readTransport(JsonParser parser) throws IOException {
    String transport = null;
    Set<TransferFormat> formats = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "transport" -> transport = string(name, parser);
        case "transferFormats" -> formats = readFormats(parser);
        default -> parser.skipChildren();
      }
    }
    return new AvailableTransport(
        required("transport", transport), required("transferFormats", formats));
  }

  private static Set<TransferFormat> readFormats(JsonParser parser) throws IOException {
    expect("transferFormats", "an array", parser, JsonToken.START_ARRAY);
    Set<TransferFormat> formats = EnumSet.noneOf(TransferFormat.class);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String name = string("transferFormats", parser);
      for (TransferFormat format : TransferFormat.values()) {
        if (format.wireName().equals(name)) {
          formats.add(format);
        }
      }
    }
    return formats;
  }

  private static String string(String name, JsonParser parser) throws IOException {
    expect(name, "a string", parser, JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private static int integer(String name, JsonParser parser) throws IOException {
    expect(name, "a whole number", parser, JsonToken.VALUE_NUMBER_INT);
    return parser.getIntValue();
  }

  private static boolean bool(String name, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_TRUE) {
      return true;
    }
    expect(name, "true or false", parser, JsonToken.VALUE_FALSE);
    return false;
  }

  private static void expect(String name, String what, JsonParser parser, JsonToken wanted) {
    if (parser.currentToken() != wanted) {
      throw new HubProtocolException(
          "Expected '" + name + "' to be " + what + " in the answer to negotiate");
    }
  }
}
