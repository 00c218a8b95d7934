package io.hubbub.interop.server;

import io.hubbub.Authorize;
import io.hubbub.Hub;
import io.hubbub.HubMethodName;
import io.hubbub.Hubs;
import io.hubbub.TransportType;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.protocol.msgpack.PropertyNames;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The hubs that scripts for any SignalR server expect, each with its options; and one of ours. */
public final class ConformanceHubs {
  private ConformanceHubs() {}

  /** Maps all of them, with payloads written as .NET writes them. */
  public static Hubs.Builder map() {
    return Hubs.builder()
        .protocol(JsonHubProtocol.builder().enumsAsNumbers(true).build())
        .protocol(MessagePackHubProtocol.builder().propertyNames(PropertyNames.UPPER_CAMEL).build())
        .policy("admin", request -> request.identity().hasRole("admin"))
        .hub("/conformance", ConformanceHub.class)
        .hub("/detailed", DetailedHub.class, o -> o.detailedErrors(true))
        .hub("/parallel", ParallelHub.class, o -> o.maximumParallelInvocations(4))
        .hub("/small", SmallHub.class, o -> o.maximumReceiveMessageSize(256))
        .hub(
            "/quick",
            QuickHub.class,
            o ->
                o.keepAliveInterval(Duration.ofMillis(500))
                    .clientTimeout(Duration.ofSeconds(2))
                    .handshakeTimeout(Duration.ofSeconds(1))
                    .pollTimeout(Duration.ofSeconds(2)))
        .hub(
            "/quiet",
            QuietHub.class,
            o -> o.keepAliveInterval(Duration.ofSeconds(1)).clientTimeout(Duration.ofSeconds(6)))
        .hub("/filtered", FilteredHub.class, o -> o.filter(new TraceFilter()))
        .hub("/stateful", ConformanceHub.class, o -> o.statefulReconnect(true))
        .hub("/wsonly", ConformanceHub.class, o -> o.transports(Set.of(TransportType.WEB_SOCKETS)))
        .hub("/minv1", ConformanceHub.class, o -> o.minimumNegotiateVersion(1))
        .hub("/secure", SecureHub.class)
        .hub("/badconnect", BadConnectHub.class)
        .hub("/bench", BenchHub.class);
  }

  /** Tells clients everything about errors. */
  public static final class DetailedHub extends ConformanceHub {}

  /** Takes only small messages. */
  public static final class SmallHub extends ConformanceHub {}

  /** Waits for nothing long. */
  public static final class QuickHub extends ConformanceHub {}

  /** Pings often, and waits longer than a busy machine keeps a thread waiting: only ours. */
  public static final class QuietHub extends ConformanceHub {}

  /** For users only. */
  @Authorize
  public static final class SecureHub extends ConformanceHub {}

  /** Runs several calls of one connection at a time. */
  public static final class ParallelHub extends ConformanceHub {
    private static final Queue<CompletableFuture<String>> WAITING = new ArrayDeque<>();
    private static int permits;

    /** Waits for its turn. */
    @HubMethodName("Wait")
    public CompletionStage<String> waitForTurn() {
      synchronized (WAITING) {
        if (permits > 0) {
          permits--;
          return CompletableFuture.completedFuture("released");
        }
        CompletableFuture<String> turn = new CompletableFuture<>();
        WAITING.add(turn);
        return turn;
      }
    }

    /** Gives some their turn. */
    public void release(int count) {
      for (int i = 0; i < count; i++) {
        CompletableFuture<String> turn;
        synchronized (WAITING) {
          turn = WAITING.poll();
          if (turn == null) {
            permits++;
          }
        }
        if (turn != null) {
          turn.complete("released");
        }
      }
    }
  }

  /** Has a filter around it. */
  public static final class FilteredHub extends ConformanceHub {}

  /** Refuses everybody. */
  public static final class BadConnectHub extends Hub {
    @Override
    public void onConnected() {
      throw new IllegalStateException("no entry");
    }
  }

  /** What load generators call. */
  public static final class BenchHub extends Hub {
    /** Answers what it got. */
    public String echo(String value) {
      return value;
    }

    /** Sends to everybody. */
    public CompletionStage<Void> broadcast(String message) {
      return clients().all().send("Receive", message);
    }

    /** Adds the caller to a group. */
    public CompletionStage<Void> joinGroup(String group) {
      return groups().add(context().connectionId(), group);
    }

    /** Sends to a group. */
    public CompletionStage<Void> sendGroup(String group, String message) {
      return clients().group(group).send("Receive", message);
    }
  }
}
