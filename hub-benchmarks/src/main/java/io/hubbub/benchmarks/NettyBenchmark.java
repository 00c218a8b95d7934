package io.hubbub.benchmarks;

import io.hubbub.Hubs;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.transport.netty.NettyHubServer;
import java.io.IOException;
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
 * The whole Netty server over loopback, for the bytes it allocates per message: run with {@code
 * -prof gc}. Its clients share the process and allocate nothing. The times hold both sides and the
 * kernel; for the server's CPU time see {@code bench-server}.
 *
 * <p>Threads: one, and the server's own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 2)
public class NettyBenchmark {
  private static final int CALLERS = 100;
  private static final int RECEIVERS = 1_000;
  private static final String TEXT = "x".repeat(64);

  /** The hub protocol. */
  @Param({"json", "messagepack"})
  public String protocol = "json";

  private NettyHubServer server;
  private LoopbackClient[] clients;
  private LoopbackClient publisher;

  /** Opens the connections. */
  @Setup
  public void open() throws IOException {
    server =
        NettyHubServer.builder(Hubs.builder().hub("/bench", BenchHub.class).build())
            .host("127.0.0.1")
            .port(0)
            .start();
    HubProtocol wire =
        protocol.equals("json") ? JsonHubProtocol.create() : MessagePackHubProtocol.create();
    InvocationMessage echo = InvocationMessage.of("17", "Echo", TEXT);
    clients = new LoopbackClient[RECEIVERS];
    for (int i = 0; i < RECEIVERS; i++) {
      clients[i] = LoopbackClient.connect(server.port(), wire, echo);
    }
    InvocationMessage broadcast = InvocationMessage.of(null, "Broadcast", TEXT);
    publisher = LoopbackClient.connect(server.port(), wire, broadcast);
  }

  /** Closes the connections. */
  @TearDown
  public void close() throws IOException {
    publisher.close();
    for (LoopbackClient client : clients) {
      client.close();
    }
    server.close();
  }

  /** One call and its answer, a hundred connections with one call each under way. */
  @Benchmark
  @OperationsPerInvocation(CALLERS)
  public int echo() throws IOException {
    int length = 0;
    for (int i = 0; i < CALLERS; i++) {
      clients[i].call();
    }
    for (int i = 0; i < CALLERS; i++) {
      length += clients[i].readFrame();
    }
    return length;
  }

  /** One of the thousand deliveries of a broadcast. */
  @Benchmark
  @OperationsPerInvocation(RECEIVERS)
  public int broadcast() throws IOException {
    publisher.call();
    int length = publisher.readFrame();
    for (LoopbackClient client : clients) {
      length += client.readFrame();
    }
    return length;
  }
}
