package io.hubbub.benchmarks;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The two hub protocols alone: a call with one 64-byte string is read, its answer written.
 *
 * <p>Threads: one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ProtocolBenchmark implements InvocationBinder {
  private static final String TEXT = "x".repeat(64);
  private static final List<Type> TYPES = List.of(String.class);
  private static final HubMessage ANSWER = CompletionMessage.result("17", TEXT);

  /** The hub protocol. */
  @Param({"json", "messagepack"})
  public String protocol = "json";

  private HubProtocol wire;
  private byte[] call;

  /** Makes the protocol. */
  @Setup
  public void make() {
    wire = protocol.equals("json") ? JsonHubProtocol.create() : MessagePackHubProtocol.create();
    call = wire.encode(InvocationMessage.of("17", "Echo", TEXT));
  }

  /** Reads a call. */
  @Benchmark
  public @Nullable HubMessage readCall() {
    return wire.parse(ByteBuffer.wrap(call), this);
  }

  /** Writes an answer. */
  @Benchmark
  public byte[] writeAnswer() {
    return wire.encode(ANSWER);
  }

  @Override
  public List<Type> parameterTypes(String target) {
    return TYPES;
  }

  @Override
  public @Nullable Type resultType(String invocationId) {
    return null;
  }

  @Override
  public @Nullable Type itemType(String streamId) {
    return null;
  }
}
