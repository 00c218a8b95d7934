package io.hubbub.protocol;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one or more whole hub messages in one encoding, shared by everyone they are sent to.
 *
 * <p>Threads: immutable; any.
 */
public final class Payload {
  private final byte[] bytes;
  private final TransferFormat format;

  /** A transport's own form of these bytes; racing writers write equal values. */
  private volatile @Nullable Object form;

  private Payload(byte[] bytes, TransferFormat format) {
    this.bytes = bytes;
    this.format = format;
  }

  /**
   * @param bytes whole messages; not copied, not to be changed afterwards
   * @param format whether they are text
   */
  public static Payload of(byte[] bytes, TransferFormat format) {
    return new Payload(bytes, format);
  }

  /** Length in bytes. */
  public int size() {
    return bytes.length;
  }

  /** Whether the bytes are UTF-8 text. */
  public TransferFormat format() {
    return format;
  }

  /** A new read-only view of the bytes. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** The bytes themselves, without a copy. Not to be changed. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] array() {
    return bytes;
  }

  /**
   * What a transport makes of these bytes (a WebSocket frame, a string), made once and shared by
   * all receivers on transports of that kind.
   *
   * @param kind the form's class
   * @param maker makes it; may be called more than once when threads race, then any of the results
   *     is kept
   */
  public <F> F form(Class<F> kind, Function<Payload, F> maker) {
    Object known = form;
    if (kind.isInstance(known)) {
      return kind.cast(known);
    }
    F made = maker.apply(this);
    form = made;
    return made;
  }
}
