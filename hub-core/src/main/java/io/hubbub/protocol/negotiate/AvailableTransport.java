package io.hubbub.protocol.negotiate;

import io.hubbub.protocol.TransferFormat;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * One way to connect.
 *
 * @param transport the transport's name, as {@code WebSockets}
 * @param transferFormats what it can carry, text first; never empty when written
 */
public record AvailableTransport(String transport, Set<TransferFormat> transferFormats) {
  /** Copies the set. */
  public AvailableTransport {
    transferFormats = Collections.unmodifiableSet(copy(transferFormats));
  }

  private static Set<TransferFormat> copy(Collection<TransferFormat> formats) {
    EnumSet<TransferFormat> copy = EnumSet.noneOf(TransferFormat.class);
    copy.addAll(formats);
    return copy;
  }
}
