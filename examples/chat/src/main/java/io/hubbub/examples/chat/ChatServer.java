package io.hubbub.examples.chat;

import io.hubbub.Hubs;
import io.hubbub.transport.netty.NettyHubServer;

/**
 * The chat's pages and its hub on one port, and on the next port a page of another origin that
 * talks to the same hub. Arguments: {@code [--port N]}, 8080 by default.
 */
public final class ChatServer {
  private ChatServer() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) {
    int port = args.length == 2 && args[0].equals("--port") ? Integer.parseInt(args[1]) : 8080;
    RunningChat chat = start(port, port + 1);
    Runtime.getRuntime().addShutdownHook(new Thread(chat::close));
    System.out.println("Chat:                      http://localhost:" + chat.port());
    System.out.println(
        "From another origin:       http://localhost:%d/?hub=http://localhost:%d"
            .formatted(chat.elsewherePort(), chat.port()));
    System.out.println("listening on http://127.0.0.1:" + chat.port());
  }

  /** Starts both servers; port 0 takes a free one. */
  public static RunningChat start(int port, int portElsewhere) {
    NettyHubServer pages =
        NettyHubServer.builder(Hubs.builder().build())
            .port(portElsewhere)
            .staticResources(ChatServer.class.getClassLoader(), "web-elsewhere")
            .start();
    Hubs hubs = Hubs.builder().hub("/chathub", ChatHub.class).build();
    NettyHubServer server =
        NettyHubServer.builder(hubs)
            .port(port)
            .staticResources(ChatServer.class.getClassLoader(), "web")
            .cors(
                cors ->
                    cors.allowOrigin("http://localhost:" + pages.port())
                        .allowOrigin("http://127.0.0.1:" + pages.port())
                        .allowCredentials())
            .start();
    return new RunningChat(server, pages);
  }

  /**
   * Both servers.
   *
   * @param server the chat's pages and its hub
   * @param pages the page of another origin
   */
  public record RunningChat(NettyHubServer server, NettyHubServer pages) implements AutoCloseable {
    /** The port of the chat and its hub. */
    public int port() {
      return server.port();
    }

    /** The port of the page of another origin. */
    public int elsewherePort() {
      return pages.port();
    }

    @Override
    public void close() {
      server.close();
      pages.close();
    }
  }
}
