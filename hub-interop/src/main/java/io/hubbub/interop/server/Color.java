package io.hubbub.interop.server;

/** An enum that travels as a number in JSON and by name in MessagePack. */
public enum Color {
  /** 0. */
  Red,
  /** 1. */
  Green,
  /** 2. */
  Blue
}
