package io.hubbub.internal.delivery;

import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.spi.Audience;
import java.util.Collection;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a message to the connections of this node: it is encoded once per protocol and queued for
 * each receiver. One receiver's failure never stops the walk, and nothing is allocated per
 * receiver.
 *
 * <p>Threads: any.
 */
public final class LocalDelivery {
  private static final Logger log = LoggerFactory.getLogger(LocalDelivery.class);

  private final ConnectionIndex index;

  /**
   * @param index who is here
   */
  public LocalDelivery(ConnectionIndex index) {
    this.index = index;
  }

  /**
   * Queues a message for everyone of an audience who is here.
   *
   * @throws HubEncodingException if it cannot be written in the protocol of a receiver
   */
  public void deliver(Audience audience, EncodedMessage message) {
    if (audience instanceof Audience.All all) {
      walk(index.all(), all.except(), message);
    } else if (audience instanceof Audience.Groups groups) {
      groups.names().forEach(name -> walk(index.group(name), groups.except(), message));
    } else if (audience instanceof Audience.Users users) {
      users.ids().forEach(id -> walk(index.user(id), Set.of(), message));
    } else if (audience instanceof Audience.Connections connections) {
      connections.ids().forEach(id -> deliverTo(id, message));
    }
  }

  /**
   * Queues a message for one connection.
   *
   * @return whether it is here
   * @throws HubEncodingException if it cannot be written in the connection's protocol
   */
  public boolean deliverTo(String connectionId, EncodedMessage message) {
    Member member = index.find(connectionId);
    if (member == null) {
      return false;
    }
    hand(member, message);
    return true;
  }

  private static void walk(Collection<Member> members, Set<String> except, EncodedMessage message) {
    boolean toEveryone = except.isEmpty();
    for (Member member : members) {
      if (toEveryone || !except.contains(member.connectionId())) {
        hand(member, message);
      }
    }
  }

  private static void hand(Member member, EncodedMessage message) {
    try {
      member.client().send(message);
    } catch (HubEncodingException notTheReceiversFault) {
      throw notTheReceiversFault;
    } catch (RuntimeException e) {
      log.warn("Connection {} could not take a message", member.connectionId(), e);
    }
  }
}
