"use strict";

const connection = new signalR.HubConnectionBuilder()
  .withUrl("/chatHub")
  .withAutomaticReconnect()
  .build();

connection.on("ReceiveMessage", (user, message) => show(`${user}: ${message}`));

const form = onSubmit("send", async fields => {
  await connection.invoke("SendMessage", fields.user.value, fields.message.value);
  fields.message.value = "";
});

connect(connection).then(() => enable(form));
