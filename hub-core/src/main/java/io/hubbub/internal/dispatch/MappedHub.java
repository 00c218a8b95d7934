package io.hubbub.internal.dispatch;

import io.hubbub.BaseHub;
import io.hubbub.HubOptions;
import io.hubbub.spi.HubActivator;
import io.hubbub.spi.HubLifetimeManager;
import io.hubbub.spi.StreamAdapter;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One mapped hub: its table of methods, and what all its calls need.
 *
 * <p>Threads: immutable; any.
 */
final class MappedHub implements HubDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(MappedHub.class);

  private final Class<? extends BaseHub> hubClass;
  private final HubOptions options;
  private final Executor executor;
  private final HubLifetimeManager lifetimeManager;
  private final HubActivator activator;
  private final FilterChain filters;
  private final ClientErrors errors;
  private final MethodTable methods;

  MappedHub(DispatcherBuilder parts) {
    this.hubClass = parts.hubClass;
    this.options = parts.options;
    this.executor = parts.executor;
    this.lifetimeManager = parts.lifetimeManager;
    this.activator = parts.activator;
    this.filters = new FilterChain(options.filters());
    this.errors = new ClientErrors(options.detailedErrors());
    activator.prepare(hubClass);
    this.methods = table(parts);
  }

  private MethodTable table(DispatcherBuilder parts) {
    GenericTypes types = new GenericTypes(hubClass);
    AccessRules access = new AccessRules(parts.policies);
    List<StreamAdapter> adapters = parts.allAdapters();
    List<HubMethod> found =
        MethodScan.methodsOf(hubClass).stream()
            .map(method -> read(method, types, access, adapters))
            .toList();
    return new MethodTable(found);
  }

  private HubMethod read(
      Method method, GenericTypes types, AccessRules access, List<StreamAdapter> adapters) {
    if (method.getTypeParameters().length > 0) {
      throw new IllegalArgumentException(
          "Method '" + method.getName() + "' is a generic method which is not supported on a Hub.");
    }
    return new HubMethod(
        method,
        ArgumentPlan.of(method, types, activator, adapters),
        ResultShape.of(types.resolve(method.getGenericReturnType()), adapters),
        access.of(method),
        filters);
  }

  @Override
  public HubCalls open(CallerConnection connection) {
    return new ConnectionCalls(this, connection);
  }

  Class<? extends BaseHub> hubClass() {
    return hubClass;
  }

  HubOptions options() {
    return options;
  }

  Executor executor() {
    return executor;
  }

  HubLifetimeManager lifetimeManager() {
    return lifetimeManager;
  }

  HubActivator activator() {
    return activator;
  }

  FilterChain filters() {
    return filters;
  }

  ClientErrors errors() {
    return errors;
  }

  MethodTable methods() {
    return methods;
  }

  /** Gives a hub object back; what that throws is nobody's but the log's. */
  void release(BaseHub hub) {
    try {
      activator.release(hub);
    } catch (RuntimeException | Error e) {
      LOG.warn("An object of hub {} could not be released", hubClass.getName(), e);
    }
  }
}
