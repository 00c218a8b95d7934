package io.hubbub.internal.connection;

import io.hubbub.protocol.HubProtocol;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The protocols that clients of a hub may ask for. Names ignore case.
 *
 * <p>Threads: immutable; any.
 */
public final class ProtocolTable {
  private final Map<String, HubProtocol> byName;

  private ProtocolTable(Map<String, HubProtocol> byName) {
    this.byName = byName;
  }

  /**
   * The protocols that are registered and, if the hub limits them, supported by it.
   *
   * @throws IllegalArgumentException if the hub names one that is not registered
   */
  public static ProtocolTable of(
      Collection<HubProtocol> registered, Optional<Set<String>> supported) {
    Map<String, HubProtocol> known =
        registered.stream()
            .collect(Collectors.toUnmodifiableMap(p -> lowerCase(p.name()), Function.identity()));
    Set<String> names = supported.orElse(known.keySet());
    for (String name : names) {
      if (!known.containsKey(name)) {
        throw new IllegalArgumentException(
            "Expected supportedProtocols to be among "
                + known.keySet()
                + ", but found '"
                + name
                + "'; Hubs.Builder.protocol registers others");
      }
    }
    return new ProtocolTable(
        names.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), known::get)));
  }

  Optional<HubProtocol> find(String name) {
    return Optional.ofNullable(byName.get(lowerCase(name)));
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
