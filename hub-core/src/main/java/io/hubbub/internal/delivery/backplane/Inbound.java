package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.ConnectionIndex;
import io.hubbub.internal.delivery.LocalDelivery;
import io.hubbub.internal.delivery.Member;
import io.hubbub.spi.Audience;
import java.util.List;
import java.util.Set;

/**
 * Messages that have come for this node's connections. Each is handed to the connections' own
 * bounded queues, so no client can hold up a channel.
 *
 * <p>Threads: any; messages of one channel one at a time. A message that cannot be used is a {@link
 * io.hubbub.protocol.HubProtocolException}.
 */
final class Inbound {
  private final ConnectionIndex index;
  private final LocalDelivery delivery;
  private final ProtocolSet protocols;
  private final RemoteResults results;

  Inbound(
      ConnectionIndex index, LocalDelivery delivery, ProtocolSet protocols, RemoteResults results) {
    this.index = index;
    this.delivery = delivery;
    this.protocols = protocols;
    this.results = results;
  }

  void onAll(byte[] message) {
    InvocationEnvelope envelope = EnvelopeReader.invocation(message);
    deliver(new Audience.All(Set.copyOf(envelope.excluded())), envelope);
  }

  void onGroup(String name, byte[] message) {
    InvocationEnvelope envelope = EnvelopeReader.invocation(message);
    deliver(new Audience.Groups(List.of(name), Set.copyOf(envelope.excluded())), envelope);
  }

  /** Exclusions mean nothing here, as on .NET nodes. */
  void onUser(String id, byte[] message) {
    deliver(new Audience.Users(Set.of(id)), EnvelopeReader.invocation(message));
  }

  /** Exclusions mean nothing here, as on .NET nodes. */
  void onConnection(String id, byte[] message) {
    InvocationEnvelope envelope = EnvelopeReader.invocation(message);
    Member member = index.find(id);
    if (envelope.reply().isEmpty()) {
      deliver(new Audience.Connections(Set.of(id)), envelope);
    } else if (member == null) {
      results.answerForGone(id, envelope, envelope.reply().get());
    } else {
      results.forward(member, envelope, envelope.reply().get());
    }
  }

  private void deliver(Audience audience, InvocationEnvelope envelope) {
    delivery.deliver(audience, protocols.received(envelope.frames()));
  }
}
