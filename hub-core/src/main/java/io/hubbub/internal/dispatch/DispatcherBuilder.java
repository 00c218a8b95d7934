package io.hubbub.internal.dispatch;

import io.hubbub.AuthorizationPolicy;
import io.hubbub.BaseHub;
import io.hubbub.HubOptions;
import io.hubbub.Services;
import io.hubbub.internal.reactive.ReactiveLibraries;
import io.hubbub.spi.EndpointAccess;
import io.hubbub.spi.HubActivator;
import io.hubbub.spi.HubLifetimeManager;
import io.hubbub.spi.StreamAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;

/**
 * Puts the dispatcher of one mapped hub together. Filters and limits come from the mapping's
 * options.
 *
 * <p>Threads: one at a time.
 */
public final class DispatcherBuilder {
  final Class<? extends BaseHub> hubClass;
  final HubOptions options;
  final Executor executor;
  final HubLifetimeManager lifetimeManager;
  HubActivator activator = Services.none();
  Map<String, AuthorizationPolicy> policies = Map.of();
  private List<StreamAdapter> adapters = List.of();

  /**
   * @param hubClass the hub
   * @param options the mapping's own options
   * @param executor runs hub methods
   * @param lifetimeManager takes what clients answer
   */
  public DispatcherBuilder(
      Class<? extends BaseHub> hubClass,
      HubOptions options,
      Executor executor,
      HubLifetimeManager lifetimeManager) {
    this.hubClass = hubClass;
    this.options = options;
    this.executor = executor;
    this.lifetimeManager = lifetimeManager;
  }

  /** Makes hub objects in place of a constructor without parameters. */
  public DispatcherBuilder activator(HubActivator value) {
    this.activator = value;
    return this;
  }

  /** The policies that {@link io.hubbub.Authorize} may name. */
  public DispatcherBuilder policies(Map<String, AuthorizationPolicy> value) {
    this.policies = Map.copyOf(value);
    return this;
  }

  /**
   * Reactive types of other libraries that methods may return and take. Those that {@link
   * ServiceLoader} finds come after these, those of {@link ReactiveLibraries} last.
   */
  public DispatcherBuilder streamAdapters(List<StreamAdapter> value) {
    this.adapters = List.copyOf(value);
    return this;
  }

  /** All adapters, in the order in which they are asked. */
  List<StreamAdapter> allAdapters() {
    List<StreamAdapter> all = new ArrayList<>(adapters);
    ServiceLoader.load(StreamAdapter.class).forEach(all::add);
    all.addAll(ReactiveLibraries.adapters());
    return List.copyOf(all);
  }

  /**
   * Looks at the hub class and builds its tables and chains.
   *
   * @throws IllegalArgumentException if the class cannot be served as it is
   */
  public HubDispatcher build() {
    return new MappedHub(this);
  }

  /**
   * Who may make requests to the hub at all, from the annotations on its class.
   *
   * @throws IllegalArgumentException if an annotation names a policy that is not there
   */
  public EndpointAccess endpointAccess() {
    return new ClassAccess(hubClass, new AccessRules(policies).of(hubClass));
  }
}
