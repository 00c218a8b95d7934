package io.hubbub;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;

/** Finds the client interface of a typed hub. Threads: any. */
final class TypedHubs {
  /** Looked up once per hub class; lives and goes with it. */
  private static final ClassValue<Class<?>> INTERFACES =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> hubClass) {
          return find(hubClass);
        }
      };

  private TypedHubs() {}

  @SuppressWarnings("unchecked")
  static <C> Class<C> clientInterface(TypedHub<C> hub) {
    return (Class<C>) clientInterface(hub.getClass());
  }

  /**
   * The interface that a hub class names as {@code TypedHub<C>}, itself or through its parents.
   *
   * @throws IllegalArgumentException if it names none
   */
  static Class<?> clientInterface(Class<?> hubClass) {
    return INTERFACES.get(hubClass);
  }

  private static Class<?> find(Class<?> hubClass) {
    JavaType[] found = TypeFactory.defaultInstance().findTypeParameters(hubClass, TypedHub.class);
    if (found.length != 1 || !found[0].isInterface()) {
      throw new IllegalArgumentException(
          "Expected "
              + hubClass.getName()
              + " to extend TypedHub<C> with an interface in the place of C");
    }
    return found[0].getRawClass();
  }
}
