package io.hubbub.protocol.negotiate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.protocol.negotiate.NegotiateResponse.Accepted;
import io.hubbub.protocol.negotiate.NegotiateResponse.Redirect;
import io.hubbub.protocol.negotiate.NegotiateResponse.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON document that carries a {@link NegotiateResponse}.
 *
 * <p>Threads: immutable; any.
 */
public final class NegotiateProtocol {
  /** The highest negotiate version; higher ones that a client asks for are answered with it. */
  public static final int MAX_VERSION = 1;

  /** The error for a version that is no whole number. */
  public static final String VERSION_IS_NO_INTEGER =
      "The client requested a non-integer protocol version.";

  private static final int MAX_DEPTH = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private NegotiateProtocol() {}

  /** The error for a version below the lowest that the endpoint accepts. */
  public static String unsupportedVersion(int version) {
    return "The client requested version '"
        + version
        + "', but the server does not support this version.";
  }

  /** Writes the document, in UTF-8. */
  public static byte[] write(NegotiateResponse response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (response instanceof Accepted accepted) {
        writeAccepted(json, accepted);
      } else if (response instanceof Redirect redirect) {
        writeRedirect(json, redirect);
      } else if (response instanceof Refused refused) {
        json.writeStringField("error", refused.error());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Expected no I/O in memory", e);
    }
    return bytes.toByteArray();
  }

  private static void writeAccepted(JsonGenerator json, Accepted accepted) throws IOException {
    if (accepted.statefulReconnect()) {
      json.writeBooleanField("useStatefulReconnect", true);
    }
    json.writeNumberField("negotiateVersion", accepted.version());
    json.writeStringField("connectionId", accepted.connectionId());
    if (accepted.connectionToken() != null) {
      json.writeStringField("connectionToken", accepted.connectionToken());
    }
    json.writeArrayFieldStart("availableTransports");
    for (AvailableTransport transport : accepted.availableTransports()) {
      writeTransport(json, transport);
    }
    json.writeEndArray();
    if (accepted.tokenLifetimeSeconds() != null) {
      json.writeNumberField("tokenLifetimeSeconds", accepted.tokenLifetimeSeconds());
    }
  }

  private static void writeTransport(JsonGenerator json, AvailableTransport transport)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("transport", transport.transport());
    json.writeArrayFieldStart("transferFormats");
    for (TransferFormat format : transport.transferFormats()) {
      json.writeString(format.wireName());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeRedirect(JsonGenerator json, Redirect redirect) throws IOException {
    // The version and the empty list mean nothing here, but the original writes them.
    json.writeNumberField("negotiateVersion", 0);
    json.writeStringField("url", redirect.url());
    if (redirect.accessToken() != null) {
      json.writeStringField("accessToken", redirect.accessToken());
    }
    json.writeArrayFieldStart("availableTransports");
    json.writeEndArray();
  }

  /**
   * Reads the document. Unknown members, transports and formats are passed over.
   *
   * @param document UTF-8
   * @throws HubProtocolException if it is none; the message says what is wrong
   */
  public static NegotiateResponse parse(byte[] document) {
    try (JsonParser parser = JSON.createParser(document)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new HubProtocolException("Expected a JSON object as the answer to negotiate");
      }
      NegotiateMembers members = new NegotiateMembers();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.read(name, parser);
      }
      return members.toResponse();
    } catch (IOException e) {
      throw new HubProtocolException("Expected a JSON object as the answer to negotiate", e);
    }
  }
}
