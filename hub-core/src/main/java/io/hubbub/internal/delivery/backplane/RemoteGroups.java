package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.ConnectionIndex;
import io.hubbub.internal.delivery.Member;
import io.hubbub.spi.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group changes for connections of other nodes: asks the node that has the connection, and does
 * what others ask of this one. Only the owner answers, when the change is effective; when nobody
 * owns the connection nobody answers.
 *
 * <p>Threads: any.
 */
final class RemoteGroups {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int LIMIT = 100_000;
  private static final Logger log = LoggerFactory.getLogger(RemoteGroups.class);

  private final BackplaneNode node;
  private final Channels channels;
  private final ConnectionIndex index;
  private final GroupMembership membership;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Void>> unanswered = new ConcurrentHashMap<>();

  RemoteGroups(
      BackplaneNode node, Channels channels, ConnectionIndex index, GroupMembership membership) {
    this.node = node;
    this.channels = channels;
    this.index = index;
    this.membership = membership;
  }

  /**
   * Asks for a change.
   *
   * @return done when it is effective; failed with {@link CancellationException} when nobody has
   *     answered in time
   */
  CompletionStage<Void> request(int action, String group, String connectionId) {
    if (unanswered.size() >= LIMIT) {
      return CompletableFuture.failedStage(
          new IllegalStateException(
              "Expected at most " + LIMIT + " open group changes on other nodes"));
    }
    int id = ids.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    Scheduler.Task timeout = node.scheduler().schedule(PATIENCE, () -> settle(id, timeoutError()));
    answer.whenComplete((done, error) -> timeout.cancel());
    node.publish(
            channels.groupCommands(),
            EnvelopeWriter.groupCommand(
                new GroupCommand(id, channels.server(), action, group, connectionId)))
        .whenComplete(
            (receivers, error) -> {
              if (error != null) {
                settle(id, error);
              }
            });
    return answer;
  }

  private static CancellationException timeoutError() {
    return new CancellationException(
        "Expected the connection's node to confirm the group change within "
            + PATIENCE.toSeconds()
            + " s, but nobody answered: the connection has gone, or the backplane lost a message");
  }

  private void settle(int id, @Nullable Throwable error) {
    CompletableFuture<Void> answer = unanswered.remove(id);
    if (answer == null) {
      return;
    }
    node.executor()
        .execute(
            () -> {
              if (error == null) {
                answer.complete(null);
              } else {
                answer.completeExceptionally(error);
              }
            });
  }

  void onAck(byte[] message) {
    settle(EnvelopeReader.ack(message), null);
  }

  void onCommand(byte[] message) {
    GroupCommand command = EnvelopeReader.groupCommand(message);
    Member member = index.find(command.connectionId());
    if (member == null) {
      return;
    }
    apply(command, member)
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                node.publish(channels.acksOf(command.server()), EnvelopeWriter.ack(command.id()));
              } else {
                log.warn(
                    "Could not change a group of connection {} for another node",
                    command.connectionId(),
                    error);
              }
            });
  }

  private CompletionStage<Void> apply(GroupCommand command, Member member) {
    return switch (command.action()) {
      case GroupCommand.ADD -> membership.join(member, command.group());
      case GroupCommand.REMOVE -> membership.leave(member, command.group());
      default -> CompletableFuture.completedStage(null);
    };
  }
}
