package io.hubbub.protocol.msgpack;

/** How the members of objects are named in MessagePack. Reading never minds their case. */
public enum PropertyNames {
  /** As in Java, and as in JSON: {@code label}. */
  AS_DECLARED,
  /** As .NET programs declare them: {@code Label}. */
  UPPER_CAMEL
}
