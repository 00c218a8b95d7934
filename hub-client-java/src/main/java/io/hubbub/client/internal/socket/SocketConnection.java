package io.hubbub.client.internal.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open socket under a WebSocket.
 *
 * <p>Threads: reads on the loop's thread only. Writes on any thread: whoever finds nobody writing
 * does it, and the loop goes on when the socket was full.
 */
final class SocketConnection extends Writer {
  private static final Pending[] NOTHING = {};

  /** In characters: WebSockets allow 123 bytes, and more is an exception. */
  private static final int LONGEST_PHRASE = 40;

  private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);

  private final SocketChannel channel;
  private final Pipe pipe;
  private final SocketFormat format;
  private final IoLoop loop;
  private final Object lock = new Object();

  // Guarded by lock.
  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private boolean writing;
  private boolean full;
  private boolean closing;

  /** Written once, before the loop knows this connection. */
  private volatile @Nullable Connection webSocket;

  private volatile @Nullable SelectionKey key;

  /** Nothing that comes matters any more. */
  private volatile boolean lingering;

  SocketConnection(SocketChannel channel, Pipe pipe, SocketFormat format, IoLoop loop) {
    this.channel = channel;
    this.pipe = pipe;
    this.format = format;
    this.loop = loop;
  }

  /** Bytes to be written and who waits for it. */
  private record Pending(ByteBuffer bytes, CompletionHandler<ByteBuffer> handler) {}

  SocketChannel channel() {
    return channel;
  }

  void open(Connection opened) {
    webSocket = opened;
  }

  void registered(SelectionKey given) {
    key = given;
  }

  /** Tyrus gives one whole frame a call. */
  @Override
  public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {
    format.mark(frame);
    enqueue(new Pending(frame, handler));
  }

  private void enqueue(Pending pending) {
    boolean refused;
    synchronized (lock) {
      refused = closing;
      if (!refused) {
        queue.add(pending);
        if (writing) {
          return;
        }
        writing = true;
      }
    }
    if (refused) {
      pending.handler().failed(new IOException("The socket is closed."));
    } else {
      flush();
    }
  }

  /** Writes on, after the socket was full. */
  void writable() {
    SelectionKey known = key;
    if (known != null) {
      known.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
    flush();
  }

  /** Called by the one who writes. */
  private void flush() {
    try {
      Pending[] batch = peekAll();
      while (batch.length > 0) {
        if (!pipe.write(bytes(batch))) {
          if (isStuckForGood()) {
            throw new IOException("The socket was closed while it took no bytes.");
          }
          loop.awaitWritable(this);
          return;
        }
        done(batch);
        batch = peekAll();
      }
    } catch (IOException e) {
      lost(e);
    }
  }

  /** Notes that the socket is full. Whether nobody will wait for it. */
  private boolean isStuckForGood() {
    synchronized (lock) {
      full = true;
      return closing;
    }
  }

  /** What waits; without anything the caller writes no more. */
  private Pending[] peekAll() {
    boolean close;
    synchronized (lock) {
      full = false;
      if (!queue.isEmpty()) {
        return queue.toArray(NOTHING);
      }
      writing = false;
      close = closing;
    }
    if (close) {
      sayGoodbye();
    }
    return NOTHING;
  }

  private static ByteBuffer[] bytes(Pending[] batch) {
    ByteBuffer[] bytes = new ByteBuffer[batch.length];
    for (int i = 0; i < batch.length; i++) {
      bytes[i] = batch[i].bytes();
    }
    return bytes;
  }

  private void done(Pending[] batch) {
    synchronized (lock) {
      for (int i = 0; i < batch.length; i++) {
        queue.poll();
      }
    }
    for (Pending pending : batch) {
      pending.handler().completed(pending.bytes());
    }
  }

  /** Reads what is there and hands it to the WebSocket. */
  void readable(ByteBuffer shared) {
    try {
      do {
        shared.clear();
        int count = pipe.read(shared);
        if (count < 0) {
          lost(new IOException("The connection was closed by the server."));
          return;
        }
        if (count == 0) {
          break;
        }
        deliver(shared.flip());
      } while (pipe.hasBufferedInput() && channel.isOpen());
      if (pipe instanceof TlsPipe tls && tls.needsWrite()) {
        // Goes out with the next write, and only one may be under way: nothing is written, then.
        enqueue(new Pending(ByteBuffer.allocate(0), new CompletionHandler<>() {}));
      }
    } catch (IOException e) {
      lost(e);
    } catch (RuntimeException e) {
      lost(new IOException("The WebSocket cannot read what came.", e));
    }
  }

  /** What came with the answer to the upgrade. */
  void deliverEarly(ByteBuffer bytes) {
    try {
      deliver(bytes);
    } catch (RuntimeException e) {
      lost(new IOException("The WebSocket cannot read what came.", e));
    }
  }

  private void deliver(ByteBuffer bytes) {
    Connection opened = webSocket;
    if (opened != null && bytes.hasRemaining() && !lingering) {
      opened.getReadHandler().handle(bytes);
    }
  }

  /** The socket is gone without a closing handshake. */
  private void lost(IOException reason) {
    if (!lingering) {
      log.debug("A WebSocket's connection is lost", reason);
    }
    closeChannel();
    failWaiting(reason);
    Connection opened = webSocket;
    if (opened != null && !lingering) {
      // Not beside what is being read: whoever hears of the end may begin anew.
      loop.call(() -> opened.close(new CloseReason(CloseCodes.CLOSED_ABNORMALLY, phrase(reason))));
    }
  }

  private static String phrase(IOException reason) {
    String text = reason.getMessage() == null ? "" : reason.getMessage();
    return text.substring(0, Math.min(text.length(), LONGEST_PHRASE));
  }

  private void failWaiting(IOException reason) {
    List<Pending> waiting;
    synchronized (lock) {
      closing = true;
      waiting = new ArrayList<>(queue);
      queue.clear();
    }
    waiting.forEach(pending -> pending.handler().failed(reason));
  }

  /** Closes when everything is written; at once if the socket takes nothing. */
  @Override
  public void close() {
    boolean stuck;
    synchronized (lock) {
      if (closing) {
        return;
      }
      closing = true;
      stuck = full;
      if (writing && !stuck) {
        return;
      }
    }
    if (stuck) {
      lost(new IOException("The socket was closed while it took no bytes."));
    } else {
      sayGoodbye();
    }
  }

  /**
   * Ends our direction and leaves the other to the server: closing a socket with unread bytes would
   * throw away what was just written.
   */
  private void sayGoodbye() {
    lingering = true;
    try {
      channel.shutdownOutput();
      loop.linger(this);
    } catch (IOException e) {
      closeChannel();
    }
  }

  /** Enough waited for the server's end. */
  void closeChannel() {
    try {
      channel.close();
      loop.forget();
    } catch (IOException e) {
      log.debug("A socket could not be closed", e);
    }
  }
}
