package io.hubbub.protocol.internal;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * How Jackson binds payloads of both protocols: nothing is coerced silently, names are read without
 * regard to case, unknown members are ignored, depth is bounded.
 *
 * <p>Threads: any.
 */
public final class Mappers {
  /** Deepest nesting of one payload in JSON; the message around it takes two levels more. */
  public static final int MAX_PAYLOAD_DEPTH = 62;

  private Mappers() {}

  /** A JSON mapper with the default rules. */
  public static JsonMapper json() {
    return configure(JsonMapper.builder()).build();
  }

  /** Sets the default rules. */
  public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configure(B builder) {
    builder
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(PrimitiveMembers.module())
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    return refuseCoercion(builder);
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B refuseCoercion(
      B builder) {
    return builder
        .withCoercionConfigDefaults(
            all -> all.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert)
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Enum,
            enums -> enums.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert));
  }

  /** A copy of an application's mapper that keeps its rules and gets our bounds. */
  public static ObjectMapper hardened(ObjectMapper own) {
    ObjectMapper copy = own.copy();
    copy.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    copy.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_PAYLOAD_DEPTH).build());
    copy.getFactory()
        .setStreamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(MAX_PAYLOAD_DEPTH).build());
    return copy;
  }
}
