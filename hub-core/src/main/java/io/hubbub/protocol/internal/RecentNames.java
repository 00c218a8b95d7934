package io.hubbub.protocol.internal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strings of names that come again and again, such as those of hub methods: the bytes are compared
 * with the string made last time, and no new one is made. It holds 256 names of at most 64
 * characters, whatever peers send; only ASCII is found again.
 *
 * <p>Threads: any. A slot is read and written without a lock: strings are immutable, and a name
 * that two threads do not see from each other is only made twice.
 */
public final class RecentNames {
  private static final int SLOTS = 256;
  private static final int LONGEST = 64;
  private static final @Nullable String[] SEEN = new String[SLOTS];

  private RecentNames() {}

  /** The string whose UTF-8 bytes these are. */
  public static String of(byte[] data, int start, int length) {
    if (length == 0 || length > LONGEST) {
      return decode(data, start, length);
    }
    int slot = slot(data, start, length);
    String seen = SEEN[slot];
    if (seen != null && isSame(seen, data, start, length)) {
      return seen;
    }
    String made = decode(data, start, length);
    SEEN[slot] = made;
    return made;
  }

  private static String decode(byte[] data, int start, int length) {
    return new String(data, start, length, StandardCharsets.UTF_8);
  }

  private static int slot(byte[] data, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + data[i];
    }
    return hash & (SLOTS - 1);
  }

  /** A byte above 0x7F is negative and never equals a character. */
  private static boolean isSame(String seen, byte[] data, int start, int length) {
    if (seen.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (seen.charAt(i) != data[start + i]) {
        return false;
      }
    }
    return true;
  }
}
