package io.hubbub.examples.desktop;

import java.util.concurrent.CompletableFuture;

/** What clients call on the hub. */
interface ChatServer {
  CompletableFuture<Void> sendMessage(String user, String message);
}
