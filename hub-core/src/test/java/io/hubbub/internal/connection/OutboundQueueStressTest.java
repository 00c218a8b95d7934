package io.hubbub.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.internal.connection.OutboundQueue.Offer;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Many offer and one drains, on as many threads as it takes to lose a wake-up. */
class OutboundQueueStressTest {
  private static final int WRITERS = 4;
  private static final int MESSAGES = 20_000;

  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
  private final ExecutorService drainer = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    writers.shutdownNow();
    drainer.shutdownNow();
  }

  @RepeatedTest(5)
  void noWakeUpIsLostAndEveryWritersOrderIsKept() throws Exception {
    OutboundQueue queue = new OutboundQueue(Integer.MAX_VALUE);
    Receiver receiver = new Receiver(queue);
    List<Future<?>> done = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      done.add(writers.submit(() -> write(queue, receiver, number)));
    }
    for (Future<?> writer : done) {
      writer.get();
    }
    assertThat(receiver.complete.await(20, TimeUnit.SECONDS))
        .as("all messages came without another wake-up")
        .isTrue();
    assertThat(receiver.outOfOrder).isFalse();
    assertThat(receiver.concurrent).isFalse();
  }

  private void write(OutboundQueue queue, Receiver receiver, int writer) {
    for (int i = 0; i < MESSAGES; i++) {
      byte[] bytes = ByteBuffer.allocate(8).putInt(writer).putInt(i).array();
      if (queue.offer(Payload.of(bytes, TransferFormat.BINARY)) == Offer.WAKE) {
        drainer.execute(receiver);
      }
    }
  }

  /** A transport: polls until nothing waits, each time it is told. */
  private static final class Receiver implements Runnable {
    private final OutboundQueue queue;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final int[] next = new int[WRITERS];
    private final CountDownLatch complete = new CountDownLatch(WRITERS * MESSAGES);
    private volatile boolean outOfOrder;
    private volatile boolean concurrent;

    Receiver(OutboundQueue queue) {
      this.queue = queue;
    }

    @Override
    public void run() {
      concurrent |= !busy.compareAndSet(false, true);
      for (Payload message = queue.poll(); message != null; message = queue.poll()) {
        ByteBuffer bytes = message.buffer();
        int writer = bytes.getInt();
        outOfOrder |= bytes.getInt() != next[writer]++;
        complete.countDown();
      }
      busy.set(false);
    }
  }
}
