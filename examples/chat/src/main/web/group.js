"use strict";

const connection = new signalR.HubConnectionBuilder()
  .withUrl("/chatHub")
  .withAutomaticReconnect()
  .build();

connection.on("GroupJoined", notice => show(notice, "notice"));
connection.on("GroupReceiveMessage", (user, message) => show(`${user}: ${message}`));

const joinForm = onSubmit("join", async fields => {
  await connection.invoke("JoinGroup", fields.group.value, fields.user.value);
  enable(sendForm);
});

const sendForm = onSubmit("send", async fields => {
  const { user, group } = joinForm.elements;
  await connection.invoke("GroupSendMessage", group.value, user.value, fields.message.value);
  fields.message.value = "";
});

// A new connection is in no group: join again.
connection.onreconnected(() => {
  const { user, group } = joinForm.elements;
  if (group.value) connection.invoke("JoinGroup", group.value, user.value);
});

connect(connection).then(() => enable(joinForm));
