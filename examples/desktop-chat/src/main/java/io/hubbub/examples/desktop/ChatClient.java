package io.hubbub.examples.desktop;

/** What the hub calls on its clients. */
interface ChatClient {
  void receiveMessage(String user, String message);
}
