package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.LocalDelivery;
import io.hubbub.internal.delivery.backplane.EchoLedger.Echo;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Audience;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way out: to this node's connections at once, to other nodes on the audience's
 * channels, in every protocol. What was delivered here is expected back and not delivered again.
 *
 * <p>Threads: any.
 */
final class Outbound {
  private static final CompletionStage<@Nullable Void> DONE =
      CompletableFuture.completedStage(null);

  private final BackplaneNode node;
  private final Channels channels;
  private final ProtocolSet protocols;
  private final LocalDelivery delivery;

  Outbound(BackplaneNode node, Channels channels, ProtocolSet protocols, LocalDelivery delivery) {
    this.node = node;
    this.channels = channels;
    this.protocols = protocols;
    this.delivery = delivery;
  }

  /**
   * Sends a message.
   *
   * @return failed when the backplane has refused it
   * @throws io.hubbub.protocol.HubEncodingException if it cannot be written
   */
  CompletionStage<Void> send(Audience audience, InvocationMessage message) {
    EncodedMessage encoded = EncodedMessage.of(message);
    if (audience instanceof Audience.Connections connections) {
      return toConnections(connections.ids(), encoded);
    }
    if (audience instanceof Audience.All all) {
      return spread(channels.all(), all, encoded, envelope(all.except(), encoded));
    }
    CompletionStage<Void> outcome = DONE;
    if (audience instanceof Audience.Groups groups) {
      byte[] envelope = envelope(groups.except(), encoded);
      for (String name : groups.names()) {
        Audience one = new Audience.Groups(List.of(name), groups.except());
        outcome = worse(outcome, spread(channels.group(name), one, encoded, envelope));
      }
    } else if (audience instanceof Audience.Users users) {
      byte[] envelope = envelope(Set.of(), encoded);
      for (String id : users.ids()) {
        Audience one = new Audience.Users(Set.of(id));
        outcome = worse(outcome, spread(channels.user(id), one, encoded, envelope));
      }
    }
    return outcome;
  }

  /** Connections of this node need no backplane. */
  private CompletionStage<Void> toConnections(Set<String> ids, EncodedMessage encoded) {
    CompletionStage<Void> outcome = DONE;
    byte[] envelope = null;
    for (String id : ids) {
      if (!delivery.deliverTo(id, encoded)) {
        envelope = envelope == null ? envelope(Set.of(), encoded) : envelope;
        outcome = worse(outcome, accepted(node.publish(channels.connection(id), envelope)));
      }
    }
    return outcome;
  }

  private byte[] envelope(Set<String> except, EncodedMessage encoded) {
    return EnvelopeWriter.invocation(
        new InvocationEnvelope(List.copyOf(except), protocols.frames(encoded)));
  }

  private CompletionStage<Void> spread(
      String channel, Audience here, EncodedMessage encoded, byte[] envelope) {
    Lane lane = node.lanes().find(channel);
    Optional<Echo> expected = lane == null ? Optional.empty() : lane.expectEcho(envelope);
    if (lane == null || expected.isEmpty()) {
      return accepted(node.publish(channel, envelope));
    }
    delivery.deliver(here, encoded);
    Echo echo = expected.get();
    CompletableFuture<Long> published = node.publish(channel, envelope);
    published.whenComplete(
        (receivers, error) -> {
          if (error == null) {
            echo.published(System.nanoTime());
          } else {
            lane.notPublished(echo);
          }
        });
    return accepted(published);
  }

  /** A message is sent when the backplane has taken it; what becomes of it is not waited for. */
  private static CompletionStage<Void> accepted(CompletableFuture<Long> published) {
    return published.isCompletedExceptionally() ? published.thenApply(receivers -> null) : DONE;
  }

  private static CompletionStage<Void> worse(
      CompletionStage<Void> before, CompletionStage<Void> now) {
    return before == DONE ? now : before;
  }
}
