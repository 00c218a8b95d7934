package io.hubbub.internal.dispatch;

import io.hubbub.BaseHub;
import io.hubbub.spi.HubActivator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;

/**
 * Makes hub objects with their constructor without parameters, of any visibility.
 *
 * <p>Threads: immutable; any.
 */
final class DefaultActivator implements HubActivator {
  static final DefaultActivator INSTANCE = new DefaultActivator();

  private static final MethodType SHAPE = MethodType.methodType(BaseHub.class);

  private final ClassValue<MethodHandle> constructors =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return constructor(type);
        }
      };

  private DefaultActivator() {}

  @Override
  public void prepare(Class<? extends BaseHub> hubClass) {
    constructors.get(hubClass);
  }

  @Override
  public <H extends BaseHub> H create(Class<H> hubClass) {
    try {
      return hubClass.cast((BaseHub) constructors.get(hubClass).invokeExact());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("The constructor of " + hubClass.getName() + " failed", e);
    }
  }

  @Override
  public Object service(Type type) {
    throw new IllegalArgumentException(
        "There is no service of type "
            + type.getTypeName()
            + "; Hubs.Builder.activator supplies services");
  }

  private static MethodHandle constructor(Class<?> type) {
    try {
      Constructor<?> found = type.getDeclaredConstructor();
      found.setAccessible(true);
      return MethodHandles.lookup().unreflectConstructor(found).asType(SHAPE);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "Expected a constructor without parameters in "
              + type.getName()
              + "; Hubs.Builder.activator makes hubs in other ways",
          e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Expected to reach the constructor of "
              + type.getName()
              + "; open its package to io.hubbub.core",
          e);
    }
  }
}
