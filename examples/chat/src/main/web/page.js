// What the pages share: the list of messages and the line that tells the state of the connection.
"use strict";

function show(text, kind) {
  const item = document.createElement("li");
  item.textContent = text;
  if (kind) item.className = kind;
  document.getElementById("messages").append(item);
}

function tell(state) {
  document.getElementById("state").textContent = state;
}

function onSubmit(formId, action) {
  const form = document.getElementById(formId);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      await action(form.elements);
    } catch (error) {
      show(error.message, "notice");
    }
  });
  return form;
}

function enable(form) {
  form.querySelector("button").disabled = false;
}

async function connect(connection) {
  connection.onreconnecting(() => tell("connection lost, trying again …"));
  connection.onreconnected(() => tell("connected again"));
  connection.onclose(() => tell("disconnected: reload the page to connect again"));
  try {
    await connection.start();
    tell("connected");
  } catch (error) {
    tell(error.message);
    throw error;
  }
}
