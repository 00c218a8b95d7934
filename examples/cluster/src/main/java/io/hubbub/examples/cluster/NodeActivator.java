package io.hubbub.examples.cluster;

import io.hubbub.BaseHub;
import io.hubbub.spi.HubActivator;
import java.lang.reflect.Type;

/**
 * Tells the hub the name of its node.
 *
 * <p>Threads: immutable; any.
 *
 * @param node the name
 */
record NodeActivator(String node) implements HubActivator {
  @Override
  public <H extends BaseHub> H create(Class<H> hubClass) {
    return hubClass.cast(new ClusterHub(node));
  }

  @Override
  public Object service(Type type) {
    throw new IllegalArgumentException("Expected no injected parameters, but found a " + type);
  }
}
