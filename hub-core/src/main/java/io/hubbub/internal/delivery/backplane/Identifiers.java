package io.hubbub.internal.delivery.backplane;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Names that no other node can have. Threads: any. */
final class Identifiers {
  private static final SecureRandom random = new SecureRandom();
  private static final Base64.Encoder base64 = Base64.getEncoder().withoutPadding();

  private Identifiers() {}

  /** The id of a client result. */
  static String invocation() {
    return base64.encodeToString(bytes());
  }

  /** The name of a hub on this node: the machine's, for those who read it, and something random. */
  static String server() {
    return host() + "_" + HexFormat.of().formatHex(bytes());
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
    } catch (UnknownHostException nameless) {
      return "node";
    }
  }
}
