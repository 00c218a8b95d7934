package io.hubbub.internal.dispatch;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Types as they are in one hub class: the type variables of generic base classes and interfaces are
 * replaced by what the hub class says they are, or by their bound.
 *
 * <p>Threads: immutable; any.
 */
final class GenericTypes {
  private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

  GenericTypes(Class<?> hubClass) {
    bindSupertypes(hubClass);
  }

  private void bindSupertypes(Class<?> type) {
    bind(type.getGenericSuperclass());
    for (Type implemented : type.getGenericInterfaces()) {
      bind(implemented);
    }
  }

  private void bind(@Nullable Type supertype) {
    if (supertype == null) {
      return;
    }
    if (supertype instanceof ParameterizedType parameterized) {
      TypeVariable<?>[] variables = raw(parameterized).getTypeParameters();
      Type[] values = parameterized.getActualTypeArguments();
      for (int i = 0; i < variables.length; i++) {
        bindings.put(variables[i], values[i]);
      }
    }
    bindSupertypes(raw(supertype));
  }

  /** The type without variables. */
  Type resolve(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      Type bound = bindings.get(variable);
      return bound != null ? resolve(bound) : raw(variable.getBounds()[0]);
    }
    if (type instanceof ParameterizedType parameterized) {
      return resolve(parameterized);
    }
    if (type instanceof GenericArrayType array) {
      return arrayOf(resolve(array.getGenericComponentType()));
    }
    if (type instanceof WildcardType wildcard) {
      return resolve(wildcard.getUpperBounds()[0]);
    }
    return type;
  }

  private Type resolve(ParameterizedType type) {
    Type[] arguments =
        Arrays.stream(type.getActualTypeArguments()).map(this::resolve).toArray(Type[]::new);
    if (Arrays.equals(arguments, type.getActualTypeArguments())) {
      return type;
    }
    return new Parameterized(raw(type), arguments, type.getOwnerType());
  }

  private static Type arrayOf(Type component) {
    if (component instanceof Class<?> known) {
      return known.arrayType();
    }
    return (GenericArrayType) () -> component;
  }

  /** The n-th type argument of a type; {@code Object} when it is raw. */
  static Type argument(Type type, int index) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[index]
        : Object.class;
  }

  /** The class of a type. */
  static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return raw(array.getGenericComponentType()).arrayType();
    }
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    return raw(((TypeVariable<?>) type).getBounds()[0]);
  }

  private record Parameterized(
      Class<?> getRawType, Type[] getActualTypeArguments, @Nullable Type getOwnerType)
      implements ParameterizedType {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType type
          && getRawType.equals(type.getRawType())
          && Arrays.equals(getActualTypeArguments, type.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(getActualTypeArguments) ^ getRawType.hashCode();
    }

    @Override
    public String toString() {
      return getTypeName();
    }

    @Override
    public String getTypeName() {
      return getRawType.getName() + Arrays.toString(getActualTypeArguments);
    }
  }
}
