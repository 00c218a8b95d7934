package io.hubbub.interop;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What became of one feature of one client, over one transport, in one protocol.
 *
 * @param client name and version
 * @param transport as the clients call it
 * @param protocol {@code json} or {@code messagepack}
 * @param feature in words
 * @param outcome {@code yes}, a reason why it was not tried, or {@code FAILED}
 */
@JsonIgnoreProperties("error")
record Outcome(String client, String transport, String protocol, String feature, String outcome) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Outcome parse(String json) {
    try {
      return MAPPER.readValue(json, Outcome.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Expected one outcome as JSON but was: " + json, e);
    }
  }

  String column() {
    return transport + " " + protocol;
  }
}
