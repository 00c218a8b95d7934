package io.hubbub.client.internal;

import io.hubbub.protocol.HubMessage;
import java.util.concurrent.CompletionStage;

/** Where messages go. Threads: any. */
@FunctionalInterface
interface MessageSender {
  /**
   * Sends a message.
   *
   * @return done when it was handed over; fails if it never will be
   * @throws io.hubbub.protocol.HubEncodingException if it cannot be written
   */
  CompletionStage<Void> send(HubMessage message);
}
