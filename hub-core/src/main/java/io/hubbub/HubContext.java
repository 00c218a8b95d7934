package io.hubbub;

/**
 * A hub seen from anywhere in the application: sends to its clients and changes its groups without
 * being called by one.
 *
 * <p>Threads: any; valid as long as the {@link Hubs}.
 *
 * @param <H> the hub
 */
public interface HubContext<H extends BaseHub> {
  /** The clients that can be addressed. */
  HubClients clients();

  /** Group membership. */
  Groups groups();
}
