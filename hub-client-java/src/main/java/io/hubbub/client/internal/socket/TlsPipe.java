package io.hubbub.client.internal.socket;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A socket with TLS.
 *
 * <p>Threads: as {@link Pipe}. Messages that TLS itself has to send while reading (a renewed key)
 * go out with the next write, which the owner is asked for through {@link #needsWrite}.
 */
final class TlsPipe implements Pipe {
  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer plain;

  /** Reader only. Ready to be filled. */
  private final ByteBuffer incoming;

  /** Writer only. Ready to be drained. */
  private final ByteBuffer outgoing;

  private volatile boolean needsWrite;

  TlsPipe(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    this.incoming = ByteBuffer.allocate(packet);
    this.outgoing = ByteBuffer.allocate(2 * packet).limit(0);
    this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
  }

  /** Agrees on keys. The channel is in blocking mode. */
  void shakeHands() throws IOException {
    engine.beginHandshake();
    ByteBuffer nothing = ByteBuffer.allocate(0);
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
      switch (status) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> {
          wrap(new ByteBuffer[] {nothing});
          flush();
        }
        default -> readPacket();
      }
      status = engine.getHandshakeStatus();
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Reads until one packet could be opened. */
  private void readPacket() throws IOException {
    if (unwrap() == Status.BUFFER_UNDERFLOW && Pipe.read(channel, incoming) < 0) {
      throw new EOFException("The server closed the connection during the TLS handshake.");
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!plain.hasRemaining() && !fillPlain()) {
      return 0;
    }
    if (!plain.hasRemaining()) {
      return -1;
    }
    int count = Math.min(target.remaining(), plain.remaining());
    target.put(plain.slice(plain.position(), count));
    plain.position(plain.position() + count);
    return count;
  }

  /** Whether there is plain text now, or, without any, the end. */
  private boolean fillPlain() throws IOException {
    while (true) {
      Status status = unwrap();
      runTasks();
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        needsWrite = true;
      }
      if (plain.hasRemaining() || status == Status.CLOSED) {
        return true;
      }
      if (status == Status.BUFFER_UNDERFLOW) {
        int count = Pipe.read(channel, incoming);
        if (count <= 0) {
          return count < 0;
        }
      }
    }
  }

  private Status unwrap() throws SSLException {
    incoming.flip();
    plain.clear();
    SSLEngineResult result = engine.unwrap(incoming, plain);
    incoming.compact();
    plain.flip();
    return result.getStatus();
  }

  @Override
  public boolean hasBufferedInput() {
    return plain.hasRemaining() || incoming.position() > 0;
  }

  /** Whether TLS has something of its own to send. */
  boolean needsWrite() {
    return needsWrite;
  }

  @Override
  public boolean write(ByteBuffer[] sources) throws IOException {
    needsWrite = false;
    while (flush()) {
      if (!sources[sources.length - 1].hasRemaining()
          && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
        return true;
      }
      if (wrap(sources) == Status.CLOSED) {
        throw new IOException("The TLS connection is closed.");
      }
    }
    return false;
  }

  private Status wrap(ByteBuffer[] sources) throws SSLException {
    outgoing.compact();
    SSLEngineResult result = engine.wrap(sources, outgoing);
    outgoing.flip();
    return result.getStatus();
  }

  /** Whether everything went out. */
  private boolean flush() throws IOException {
    while (outgoing.hasRemaining()) {
      if (channel.write(outgoing) == 0) {
        return false;
      }
    }
    return true;
  }
}
