package io.hubbub.interop.server;

import io.hubbub.Authorize;
import io.hubbub.Hub;
import io.hubbub.HubException;
import io.hubbub.HubMethodName;
import io.hubbub.NonBlocking;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Every target that can be sent to, client results, and methods that not everybody may call. */
@NonBlocking
public abstract class SendingHub extends Hub {
  private static final String RECEIVE = "Receive";

  @HubMethodName("Broadcast")
  public CompletionStage<Void> broadcast(String message) {
    return clients().all().send(RECEIVE, message);
  }

  @HubMethodName("SendCaller")
  public CompletionStage<Void> sendCaller(String message) {
    return clients().caller().send(RECEIVE, message);
  }

  @HubMethodName("SendOthers")
  public CompletionStage<Void> sendOthers(String message) {
    return clients().others().send(RECEIVE, message);
  }

  @HubMethodName("SendClient")
  public CompletionStage<Void> sendClient(String id, String message) {
    return clients().client(id).send(RECEIVE, message);
  }

  @HubMethodName("SendClients")
  public CompletionStage<Void> sendClients(List<String> ids, String message) {
    return clients().clients(ids).send(RECEIVE, message);
  }

  @HubMethodName("SendAllExcept")
  public CompletionStage<Void> sendAllExcept(List<String> ids, String message) {
    return clients().allExcept(ids).send(RECEIVE, message);
  }

  @HubMethodName("JoinGroup")
  public CompletionStage<Void> joinGroup(String group) {
    return groups().add(context().connectionId(), group);
  }

  @HubMethodName("LeaveGroup")
  public CompletionStage<Void> leaveGroup(String group) {
    return groups().remove(context().connectionId(), group);
  }

  @HubMethodName("AddToGroup")
  public CompletionStage<Void> addToGroup(String id, String group) {
    return groups().add(id, group);
  }

  @HubMethodName("RemoveFromGroup")
  public CompletionStage<Void> removeFromGroup(String id, String group) {
    return groups().remove(id, group);
  }

  @HubMethodName("SendGroup")
  public CompletionStage<Void> sendGroup(String group, String message) {
    return clients().group(group).send(RECEIVE, message);
  }

  @HubMethodName("SendGroups")
  public CompletionStage<Void> sendGroups(List<String> groups, String message) {
    return clients().groups(groups).send(RECEIVE, message);
  }

  @HubMethodName("SendOthersInGroup")
  public CompletionStage<Void> sendOthersInGroup(String group, String message) {
    return clients().othersInGroup(group).send(RECEIVE, message);
  }

  @HubMethodName("SendGroupExcept")
  public CompletionStage<Void> sendGroupExcept(String group, List<String> ids, String message) {
    return clients().groupExcept(group, ids).send(RECEIVE, message);
  }

  @HubMethodName("SendUser")
  public CompletionStage<Void> sendUser(String user, String message) {
    return clients().user(user).send(RECEIVE, message);
  }

  @HubMethodName("SendUsers")
  public CompletionStage<Void> sendUsers(List<String> users, String message) {
    return clients().users(users).send(RECEIVE, message);
  }

  @HubMethodName("SendMany")
  public CompletionStage<Void> sendMany(int count) {
    return CompletableFuture.allOf(
        IntStream.range(0, count)
            .mapToObj(i -> clients().caller().send(RECEIVE, i).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  @HubMethodName("SendShapes")
  public CompletionStage<Void> sendShapes() {
    return clients()
        .caller()
        .send(
            "Shapes",
            1,
            -1,
            2.5,
            true,
            null,
            "é\u2028<>&'\"\\/",
            new int[] {1, 2},
            new Point(1, 2, null),
            Color.Blue,
            new byte[] {1, 2, (byte) 255},
            Instant.parse("2024-02-29T12:30:15.123Z"),
            new UUID(0, 0),
            1.0f,
            123456789012345678L);
  }

  @HubMethodName("AskCaller")
  public CompletionStage<String> askCaller(String question) {
    return clients().caller().invoke(String.class, "Answer", question);
  }

  @HubMethodName("AskClient")
  public CompletionStage<String> askClient(String id, String question) {
    return clients().client(id).invoke(String.class, "Answer", question);
  }

  @HubMethodName("AskCallerTimeout")
  public CompletionStage<String> askCallerTimeout(String question, int millis) {
    CompletableFuture<String> answer = clients().caller().invoke(String.class, "Answer", question);
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
        .execute(() -> answer.cancel(false));
    return answer.exceptionally(
        failure -> {
          if (failure instanceof CancellationException) {
            throw new HubException("Invocation canceled by the server.");
          }
          throw failure instanceof RuntimeException known ? known : new HubException("no answer");
        });
  }

  @Authorize
  @HubMethodName("Protected")
  public String onlyForUsers() {
    return "secret";
  }

  @Authorize("admin")
  @HubMethodName("AdminOnly")
  public String adminOnly() {
    return "admin";
  }
}
