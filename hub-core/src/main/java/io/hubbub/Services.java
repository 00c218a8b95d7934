package io.hubbub;

import io.hubbub.spi.HubActivator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes hub objects for programs without a dependency injection container: constructors and {@link
 * FromServices} parameters are given what was registered here.
 *
 * <p>Of a hub's constructors, whatever their visibility, the longest is taken of which all
 * parameters are registered. A hub that is {@link AutoCloseable} is closed after its call.
 *
 * <p>Threads: any. The builder: one at a time.
 */
public final class Services implements HubActivator {
  private static final MethodType SHAPE = MethodType.methodType(BaseHub.class, Object[].class);
  private static final Services NONE = builder().build();

  private final Map<Type, Supplier<?>> suppliers;
  private final Map<Class<?>, Factory> factories = new ConcurrentHashMap<>();

  private Services(Map<Type, Supplier<?>> suppliers) {
    this.suppliers = Map.copyOf(suppliers);
  }

  /** Starts to register services. */
  public static Builder builder() {
    return new Builder();
  }

  /** Nothing is registered: hubs have a constructor without parameters. */
  public static Services none() {
    return NONE;
  }

  @Override
  public void prepare(Class<? extends BaseHub> hubClass) {
    factory(hubClass);
  }

  @Override
  public <H extends BaseHub> H create(Class<H> hubClass) {
    return hubClass.cast(factory(hubClass).make());
  }

  @Override
  public void release(BaseHub hub) {
    if (hub instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("close() of " + hub.getClass().getName() + " failed", e);
      }
    }
  }

  @Override
  public Object service(Type type) {
    Supplier<?> supplier = suppliers.get(key(type));
    if (supplier == null) {
      throw new IllegalArgumentException(
          "Expected a service of type "
              + type.getTypeName()
              + ", but found only "
              + suppliers.keySet()
              + "; Services.Builder.add registers one");
    }
    return supplier.get();
  }

  /** Services are registered by class, so {@code Repository<User>} is found as Repository. */
  private static Type key(Type type) {
    return type instanceof ParameterizedType generic ? generic.getRawType() : type;
  }

  private Factory factory(Class<?> hubClass) {
    Factory known = factories.get(hubClass);
    return known != null ? known : factories.computeIfAbsent(hubClass, this::newFactory);
  }

  private Factory newFactory(Class<?> hubClass) {
    Constructor<?> constructor =
        Arrays.stream(hubClass.getDeclaredConstructors())
            .filter(
                known -> suppliers.keySet().containsAll(Arrays.asList(known.getParameterTypes())))
            .max(Comparator.comparingInt(Constructor::getParameterCount))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Expected a constructor of "
                            + hubClass.getName()
                            + " without parameters, or one whose parameters are all among "
                            + suppliers.keySet()
                            + "; Hubs.Builder.activator makes hubs in other ways"));
    Supplier<?>[] arguments =
        Arrays.stream(constructor.getParameterTypes()).map(suppliers::get).toArray(Supplier[]::new);
    return new Factory(handle(constructor), arguments);
  }

  private static MethodHandle handle(Constructor<?> constructor) {
    try {
      constructor.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectConstructor(constructor)
          .asFixedArity()
          .asSpreader(Object[].class, constructor.getParameterCount())
          .asType(SHAPE);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Expected to reach " + constructor + "; open its package to io.hubbub.core", e);
    }
  }

  private record Factory(MethodHandle constructor, Supplier<?>[] services) {
    BaseHub make() {
      Object[] arguments = new Object[services.length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = services[i].get();
      }
      try {
        return (BaseHub) constructor.invokeExact(arguments);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("A hub's constructor failed", e);
      }
    }
  }

  /** Collects services; each method answers the builder. */
  public static final class Builder {
    private final Map<Type, Supplier<?>> suppliers = new HashMap<>();

    private Builder() {}

    /** Registers one object for all calls. */
    public <T> Builder add(Class<T> type, T instance) {
      suppliers.put(type, () -> instance);
      return this;
    }

    /** Registers what makes or finds an object for each use. */
    public <T> Builder addFactory(Class<T> type, Supplier<? extends T> factory) {
      suppliers.put(type, factory);
      return this;
    }

    /** The activator. */
    public Services build() {
      return new Services(suppliers);
    }
  }
}
