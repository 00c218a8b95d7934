package io.hubbub.protocol;

import java.lang.reflect.Type;
import java.util.List;

/** Gives the same types to every call, result and stream. */
public record FixedBinder(List<Type> types) implements InvocationBinder {
  /** Every call takes these; every result and item is of the first. */
  public static FixedBinder of(Type... types) {
    return new FixedBinder(List.of(types));
  }

  @Override
  public List<Type> parameterTypes(String target) {
    return target.equals("Unknown") ? null : types;
  }

  @Override
  public Type resultType(String invocationId) {
    return invocationId.equals("unknown") ? null : types.get(0);
  }

  @Override
  public Type itemType(String streamId) {
    return streamId.equals("unknown") ? null : types.get(0);
  }
}
