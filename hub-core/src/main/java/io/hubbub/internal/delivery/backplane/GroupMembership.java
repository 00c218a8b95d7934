package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.ConnectionIndex;
import io.hubbub.internal.delivery.Member;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * The groups of this node's connections: a connection becomes a member when the group's channel is
 * listened to, so that whoever is told so misses nothing. Joining and leaving one group happen in
 * the order of the calls.
 *
 * <p>Threads: any.
 */
final class GroupMembership {
  private final ConnectionIndex index;
  private final Lanes lanes;
  private final Channels channels;
  private final BiConsumer<String, byte[]> onMessage;
  private final Executor executor;

  /**
   * @param onMessage gets a group's name and a message for it
   * @param executor completes what is answered
   */
  GroupMembership(
      ConnectionIndex index,
      Lanes lanes,
      Channels channels,
      BiConsumer<String, byte[]> onMessage,
      Executor executor) {
    this.index = index;
    this.lanes = lanes;
    this.channels = channels;
    this.onMessage = onMessage;
    this.executor = executor;
  }

  CompletionStage<Void> join(Member member, String group) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    String channel = channels.group(group);
    lanes.hold(
        channel,
        message -> onMessage.accept(group, message),
        error -> {
          if (error != null || !index.join(member, group)) {
            lanes.release(channel);
          }
          executor.execute(
              () -> {
                if (error == null) {
                  done.complete(null);
                } else {
                  done.completeExceptionally(error);
                }
              });
        });
    return done;
  }

  CompletionStage<Void> leave(Member member, String group) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    String channel = channels.group(group);
    lanes.after(
        channel,
        () -> {
          if (index.leave(member, group)) {
            lanes.release(channel);
          }
          executor.execute(() -> done.complete(null));
        });
    return done;
  }
}
