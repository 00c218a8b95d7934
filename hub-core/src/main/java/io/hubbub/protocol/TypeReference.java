package io.hubbub.protocol;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A generic type at run time: {@code new TypeReference<List<Point>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeReference<T> {
  private final Type type;

  /** For the anonymous subclass at the place of use. */
  protected TypeReference() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType own)) {
      throw new IllegalStateException(
          "Expected a type argument, as in new TypeReference<List<String>>() {}");
    }
    this.type = own.getActualTypeArguments()[0];
  }

  /** The type argument. */
  public final Type type() {
    return type;
  }
}
