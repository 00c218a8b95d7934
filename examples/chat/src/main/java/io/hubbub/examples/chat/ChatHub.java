package io.hubbub.examples.chat;

import io.hubbub.Hub;
import java.util.concurrent.CompletionStage;

/** A chat for everyone, and one in groups. */
public class ChatHub extends Hub {
  /** Everyone gets the message, its sender too. */
  public void sendMessage(String user, String message) {
    clients().all().send("ReceiveMessage", user, message);
  }

  /** Joins a group and says so: to the newcomer, and to those who were there before. */
  public CompletionStage<Void> joinGroup(String group, String user) {
    return groups()
        .add(context().connectionId(), group)
        .thenCompose(joined -> clients().caller().send("GroupJoined", group + "채팅방에 정상 접속하였습니다"))
        .thenCompose(
            told ->
                clients()
                    .othersInGroup(group)
                    .send("GroupJoined", user + "님이 " + group + "채팅방에 입장하셨습니다"));
  }

  /** The members of a group get the message. */
  public void groupSendMessage(String group, String user, String message) {
    clients().group(group).send("GroupReceiveMessage", user, message);
  }
}
