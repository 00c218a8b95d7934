package io.hubbub.interop.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of commands and events: JSON, with bytes as {@code {"$bytes": "base64"}}. */
final class JsonValues {
  private static final String BYTES = "$bytes";
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonValues() {}

  static @Nullable Object toJava(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isArray()) {
      List<@Nullable Object> values = new ArrayList<>();
      node.forEach(item -> values.add(toJava(item)));
      return values;
    }
    if (node.isObject()) {
      if (node.path(BYTES).isTextual()) {
        return Base64.getDecoder().decode(node.get(BYTES).asText());
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      node.properties().forEach(member -> values.put(member.getKey(), toJava(member.getValue())));
      return values;
    }
    return JSON.convertValue(node, Object.class);
  }

  static @Nullable Object[] list(JsonNode array) {
    @Nullable Object[] values = new Object[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = toJava(array.get(i));
    }
    return values;
  }

  static JsonNode toJson(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return JSON.createObjectNode().put(BYTES, Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof Iterable<?> items) {
      ArrayNode array = JSON.createArrayNode();
      items.forEach(item -> array.add(toJson(item)));
      return array;
    }
    if (value instanceof Map<?, ?> members) {
      ObjectNode object = JSON.createObjectNode();
      members.forEach((name, member) -> object.set(String.valueOf(name), toJson(member)));
      return object;
    }
    return JSON.valueToTree(value);
  }
}
