package io.hubbub.protocol.internal;

import java.lang.reflect.Type;

/**
 * The texts for payloads that do not fit. Clients see them where a hub shows details, so they equal
 * the original's.
 */
public final class BindingErrors {
  /** A call of something that is no hub method. */
  public static final String UNKNOWN_METHOD = "Method does not exist.";

  /** An argument of another type. */
  public static final String WRONG_ARGUMENTS =
      "Error binding arguments. Make sure that the types of the provided values match the types of"
          + " the hub method being invoked.";

  private BindingErrors() {}

  /** Too many or too few arguments. */
  public static String wrongCount(int provided, int expected) {
    return "Invocation provides " + provided + " argument(s) but target expects " + expected + ".";
  }

  /** An item for a stream that is not open. */
  public static String unknownStream(String id) {
    return "No stream with id '" + id + "' could be found.";
  }

  /** A result of another type than the caller waits for. */
  public static String wrongResult(Type type, BindingException why) {
    String name = type instanceof Class<?> known ? known.getSimpleName() : type.getTypeName();
    return "Error trying to deserialize result to " + name + ". " + why.reason();
  }
}
