package io.hubbub.transport.netty;

import io.hubbub.http.StreamSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file as a response's body: one piece is read ahead while the one before it is written.
 *
 * <p>Threads: {@link StreamSource}'s methods one at a time; the file is read on the executor, one
 * piece at a time.
 */
final class FileStream implements StreamSource {
  private static final Logger LOG = LoggerFactory.getLogger(FileStream.class);
  private static final int PIECE = 1 << 16;

  private final InputStream file;
  private final Executor executor;

  /** Guarded by this, as are the other fields. */
  private @Nullable ByteBuffer ready;

  private @Nullable ResponseControl control;
  private boolean reading;
  private boolean closed;

  FileStream(InputStream file, Executor executor) {
    this.file = file;
    this.executor = executor;
  }

  @Override
  public void onOpen(ResponseControl response) {
    synchronized (this) {
      control = response;
      reading = true;
    }
    readNext(response);
  }

  @Override
  public @Nullable ByteBuffer poll() {
    ByteBuffer piece;
    ResponseControl response;
    synchronized (this) {
      piece = ready;
      response = control;
      ready = null;
      if (piece == null || response == null || reading) {
        return piece;
      }
      reading = true;
    }
    readNext(response);
    return piece;
  }

  private void readNext(ResponseControl response) {
    try {
      executor.execute(() -> read(response));
    } catch (RejectedExecutionException stopped) {
      LOG.debug("The server stops; a static file is not read to its end", stopped);
      giveUp(response);
    }
  }

  private void read(ResponseControl response) {
    try {
      byte[] piece = file.readNBytes(PIECE);
      if (offer(piece)) {
        response.ready();
      } else {
        closeFile();
        response.end();
      }
    } catch (IOException | RuntimeException broken) {
      LOG.warn("A static file could not be read to its end", broken);
      giveUp(response);
    }
  }

  /** The file counts as being read, so the response's end leaves it alone. */
  private void giveUp(ResponseControl response) {
    closeFile();
    response.abort();
  }

  /** Keeps a piece to be polled; answers whether there may be more. */
  private synchronized boolean offer(byte[] piece) {
    reading = piece.length == 0 || closed;
    if (reading) {
      return false;
    }
    ready = ByteBuffer.wrap(piece);
    return true;
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    boolean idle;
    synchronized (this) {
      closed = true;
      idle = !reading;
      reading = true;
    }
    if (idle) {
      try {
        executor.execute(this::closeFile);
      } catch (RejectedExecutionException stopped) {
        closeFile();
      }
    }
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException failure) {
      LOG.debug("A static file could not be closed", failure);
    }
  }
}
