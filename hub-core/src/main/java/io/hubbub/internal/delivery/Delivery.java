package io.hubbub.internal.delivery;

import io.hubbub.BaseHub;
import io.hubbub.Groups;
import io.hubbub.HubCallerClients;
import io.hubbub.HubClients;
import io.hubbub.HubContext;
import io.hubbub.spi.HubLifetimeManager;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Makes the parts of delivery for those who put hubs together. Threads: any. */
public final class Delivery {
  private static final Consumer<String> NOTHING_BEFORE = connectionId -> {};

  private Delivery() {}

  /**
   * Delivery on a single node; one per hub class.
   *
   * @param executor completes client results; must not be a pool whose threads may all be waiting
   *     for such results
   */
  public static HubLifetimeManager inMemory(Executor executor) {
    return new InMemoryLifetimeManager(executor);
  }

  /** The clients of a hub as seen from anywhere. */
  public static HubClients clients(HubLifetimeManager manager) {
    return new AddressedClients(manager, NOTHING_BEFORE);
  }

  /** The clients of a hub as one of them sees them. */
  public static HubCallerClients callerClients(HubLifetimeManager manager, String callerId) {
    return callerClients(manager, callerId, NOTHING_BEFORE);
  }

  /**
   * The clients of a hub as seen from one call.
   *
   * @param beforeResult told a connection's id each time before the call asks it for a result,
   *     through an interface or by name; an exception that it throws fails the result's future
   */
  public static HubCallerClients callerClients(
      HubLifetimeManager manager, String callerId, Consumer<String> beforeResult) {
    return new CallerRelativeClients(manager, callerId, beforeResult);
  }

  /** Group membership. */
  public static Groups groups(HubLifetimeManager manager) {
    return new AddressedGroups(manager);
  }

  /** A hub as seen from anywhere. */
  public static <H extends BaseHub> HubContext<H> context(HubLifetimeManager manager) {
    return new ManagedContext<>(clients(manager), groups(manager));
  }

  private record ManagedContext<H extends BaseHub>(HubClients clients, Groups groups)
      implements HubContext<H> {}
}
