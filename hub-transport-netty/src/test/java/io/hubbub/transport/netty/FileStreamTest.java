package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.http.StreamSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class FileStreamTest {
  private final BrokenFile file = new BrokenFile();
  private final Response response = new Response();

  @Test
  void fileThatCannotBeReadIsClosedAndEndsItsResponse() {
    FileStream stream = new FileStream(file, Runnable::run);

    stream.onOpen(response);
    stream.onClosed(null);

    assertThat(file.closed).isTrue();
    assertThat(response.aborted).isTrue();
  }

  @Test
  void stoppedExecutorLeavesNeitherFileNorResponseOpen() {
    Executor stopped =
        task -> {
          throw new RejectedExecutionException("stopped on purpose");
        };
    FileStream stream = new FileStream(file, stopped);

    stream.onOpen(response);
    stream.onClosed(null);

    assertThat(file.closed).isTrue();
    assertThat(response.aborted).isTrue();
  }

  /** Fails when it is read. */
  private static final class BrokenFile extends InputStream {
    boolean closed;

    @Override
    public int read() throws IOException {
      throw new IOException("broken on purpose");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Remembers how it ended. */
  private static final class Response implements StreamSource.ResponseControl {
    boolean aborted;

    @Override
    public void ready() {}

    @Override
    public void end() {}

    @Override
    public void abort() {
      aborted = true;
    }
  }
}
