package io.hubbub.internal.delivery.backplane;

/**
 * The names of a hub's channels. Names from users come last and the hub's own name has no colon, so
 * none of them can name another channel.
 *
 * @param hub the hub's name on the backplane
 * @param server this node's name, unlike that of any other
 */
record Channels(String hub, String server) {
  Channels {
    if (hub.isEmpty() || hub.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "Expected a hub's channel name without a colon, but found '" + hub + "'");
    }
  }

  String all() {
    return hub + ":all";
  }

  String groupCommands() {
    return hub + ":internal:groups";
  }

  String acks() {
    return acksOf(server);
  }

  String acksOf(String anyServer) {
    return hub + ":internal:ack:" + anyServer;
  }

  String results() {
    return hub + ":internal:return:" + server;
  }

  String connection(String id) {
    return hub + ":connection:" + id;
  }

  String group(String name) {
    return hub + ":group:" + name;
  }

  String user(String id) {
    return hub + ":user:" + id;
  }
}
