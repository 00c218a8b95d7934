package io.hubbub.protocol;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a parser which Java types a message's payload is for. Called on the thread that parses;
 * must not block.
 */
public interface InvocationBinder {
  /**
   * The types of the arguments that a call of {@code target} must carry, streams and injected
   * parameters left out.
   *
   * @return the types in order, or null when there is no such target
   */
  @Nullable List<Type> parameterTypes(String target);

  /**
   * The type of the result that a completion of {@code invocationId} carries.
   *
   * @return the type ({@link RawResult} keeps the bytes as they are), or null when nobody waits for
   *     it: it is skipped
   */
  @Nullable Type resultType(String invocationId);

  /**
   * The type of the items of the stream {@code streamId}.
   *
   * @return the type, or null when there is no such stream
   */
  @Nullable Type itemType(String streamId);
}
