package io.hubbub;

import io.hubbub.protocol.TransferFormat;
import java.util.EnumSet;
import java.util.Set;

/** The ways a client can connect, in the order in which negotiate offers them. */
public enum TransportType {
  /** WebSockets. */
  WEB_SOCKETS("WebSockets", EnumSet.of(TransferFormat.TEXT, TransferFormat.BINARY)),
  /** Server-Sent Events, with POST for the way up. */
  SERVER_SENT_EVENTS("ServerSentEvents", EnumSet.of(TransferFormat.TEXT)),
  /** Long polling, with POST for the way up. */
  LONG_POLLING("LongPolling", EnumSet.of(TransferFormat.TEXT, TransferFormat.BINARY));

  private final String wireName;
  private final Set<TransferFormat> formats;

  TransportType(String wireName, Set<TransferFormat> formats) {
    this.wireName = wireName;
    this.formats = Set.copyOf(formats);
  }

  /** The name in negotiate documents and error texts. */
  public String wireName() {
    return wireName;
  }

  /** What it can carry. */
  public boolean supports(TransferFormat format) {
    return formats.contains(format);
  }
}
