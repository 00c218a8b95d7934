package io.hubbub.protocol.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Array;

/**
 * Lets a record's primitive components be absent, like a bean's primitive members, while an
 * explicit null stays an error. Jackson itself knows only one rule for both.
 *
 * <p>Threads: any.
 */
final class PrimitiveMembers {
  private PrimitiveMembers() {}

  static SimpleModule module() {
    SimpleModule module = new SimpleModule("hubbub-primitives");
    add(module, boolean.class);
    add(module, byte.class);
    add(module, short.class);
    add(module, char.class);
    add(module, int.class);
    add(module, long.class);
    add(module, float.class);
    add(module, double.class);
    return module;
  }

  @SuppressWarnings("unchecked") // Jackson finds what it is asked for
  private static <T> void add(SimpleModule module, Class<T> type) {
    JsonDeserializer<T> known =
        (JsonDeserializer<T>) NumberDeserializers.find(type, type.getName());
    module.addDeserializer(type, new ZeroWhenAbsent<>(known, zero(type)));
  }

  private static Object zero(Class<?> type) {
    return Array.get(Array.newInstance(type, 1), 0);
  }

  private static final class ZeroWhenAbsent<T> extends JsonDeserializer<T> {
    private final JsonDeserializer<T> known;
    private final Object zero;

    ZeroWhenAbsent(JsonDeserializer<T> known, Object zero) {
      this.known = known;
      this.zero = zero;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return known.deserialize(parser, context);
    }

    @Override
    public T getNullValue(DeserializationContext context) throws JsonMappingException {
      return known.getNullValue(context);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return zero;
    }
  }
}
