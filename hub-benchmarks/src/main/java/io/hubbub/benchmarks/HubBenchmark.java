package io.hubbub.benchmarks;

import io.hubbub.HubContext;
import io.hubbub.Hubs;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.spi.HubEndpoint;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A hub without a network: what one call costs from its bytes to its answer's bytes (reading,
 * dispatch, writing, the outbound queue), and what one receiver of a broadcast to a thousand costs.
 * Hub methods run on the benchmark's own thread, so no hand-over is in the figures. Run with {@code
 * -prof gc} for the bytes allocated per message.
 *
 * <p>Threads: one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class HubBenchmark {
  private static final int RECEIVERS = 1_000;
  private static final int WAITING = 64;
  private static final String TEXT = "x".repeat(64);

  /** The hub protocol. */
  @Param({"json", "messagepack"})
  public String protocol = "json";

  private Hubs hubs;
  private HubContext<BenchHub> context;
  private BenchConnection caller;
  private BenchConnection[] receivers;
  private byte[] call;

  /** Opens the connections. */
  @Setup
  public void open() {
    hubs = Hubs.builder().hub("/bench", BenchHub.class).executor(Runnable::run).build();
    context = hubs.context(BenchHub.class);
    HubEndpoint endpoint = hubs.endpoints().get(0);
    receivers = new BenchConnection[RECEIVERS];
    for (int i = 0; i < RECEIVERS; i++) {
      receivers[i] = BenchConnection.open(endpoint, protocol, "connection-" + i);
    }
    caller = receivers[0];
    HubProtocol wire =
        protocol.equals("json") ? JsonHubProtocol.create() : MessagePackHubProtocol.create();
    call = wire.encode(InvocationMessage.of("17", "Echo", TEXT));
  }

  /** Closes the hubs. */
  @TearDown
  public void close() {
    hubs.close();
  }

  /** One call and its answer. */
  @Benchmark
  public int echo() {
    caller.send(call);
    return caller.read();
  }

  /** One of the thousand deliveries of a broadcast. */
  @Benchmark
  @OperationsPerInvocation(RECEIVERS)
  public int broadcast() {
    context.clients().all().send("Receive", TEXT);
    int length = 0;
    for (BenchConnection receiver : receivers) {
      length += receiver.read();
    }
    return length;
  }

  /** One of 64 messages that wait in a connection's outbound queue until it is read. */
  @Benchmark
  @OperationsPerInvocation(WAITING)
  public int outboundQueue() {
    for (int i = 0; i < WAITING; i++) {
      context.clients().client(caller.connectionId()).send("Receive", TEXT);
    }
    return caller.read();
  }
}
