package io.hubbub.internal.delivery.backplane;

import io.hubbub.internal.delivery.ClientResult;
import io.hubbub.internal.delivery.Member;
import io.hubbub.internal.delivery.PendingResults;
import io.hubbub.internal.delivery.backplane.InvocationEnvelope.ReplyTo;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.EncodedMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.RawResult;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Results of clients that are connected elsewhere: asks through the connection's channel, and
 * passes on what this node's clients answer to others, as they encoded it.
 *
 * <p>Threads: any.
 */
final class RemoteResults {
  private final BackplaneNode node;
  private final Channels channels;
  private final ProtocolSet protocols;
  private final PendingResults results;
  private final Supplier<String> invocationIds;

  RemoteResults(
      BackplaneNode node,
      Channels channels,
      ProtocolSet protocols,
      PendingResults results,
      Supplier<String> invocationIds) {
    this.node = node;
    this.channels = channels;
    this.protocols = protocols;
    this.results = results;
    this.invocationIds = invocationIds;
  }

  /** Asks a connection of another node. */
  CompletableFuture<@Nullable Object> ask(
      String connectionId, Type resultType, String target, @Nullable Object[] arguments) {
    String invocationId = invocationIds.get();
    ClientResult result = new ClientResult(resultType, node.executor());
    byte[] question;
    try {
      question = question(invocationId, InvocationMessage.of(invocationId, target, arguments));
      results.expectRemote(invocationId, connectionId, result);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    result.future().whenComplete((value, error) -> results.forget(invocationId));
    node.publish(channels.connection(connectionId), question)
        .whenComplete(
            (receivers, error) -> {
              if (error != null) {
                result.fail(error);
              } else if (receivers == 0) {
                result.fail(ClientResult.unknownError(connectionId));
              }
            });
    return result.future();
  }

  private byte[] question(String invocationId, InvocationMessage message) {
    return EnvelopeWriter.invocation(
        new InvocationEnvelope(
            List.of(),
            protocols.frames(EncodedMessage.of(message)),
            Optional.of(new ReplyTo(invocationId, channels.results()))));
  }

  /** Another node asks a connection of this one. */
  void forward(Member member, InvocationEnvelope question, ReplyTo reply) {
    EncodedMessage message = protocols.received(question.frames());
    HubProtocol protocol = member.client().protocol();
    Forwarded forwarded = new Forwarded(protocol, reply);
    if (message.in(protocol) == null) {
      forwarded.answerError(
          "Expected the call in the protocol '" + protocol.name() + "' of the connection");
      return;
    }
    try {
      switch (results.expect(reply.invocationId(), member, forwarded)) {
        case CLOSING -> forwarded.disconnected(member.connectionId());
        case ID_IN_USE -> {
          forwarded.answerError(
              "ID collision occurred when using client results. This is likely a bug in SignalR.");
          member.client().send(message);
        }
        case EXPECTED -> member.client().send(message);
      }
    } catch (IllegalStateException tooMany) {
      forwarded.answerError("Expected fewer unanswered client results");
    }
  }

  /** A connection has gone while its channel was still heard: nobody else answers for it. */
  void answerForGone(String connectionId, InvocationEnvelope question, ReplyTo reply) {
    for (String name : question.frames().keySet()) {
      HubProtocol protocol = protocols.named(name);
      if (protocol != null) {
        new Forwarded(protocol, reply).disconnected(connectionId);
        return;
      }
    }
  }

  /** Another node passes on an answer. A broken one is skipped: a good one may follow. */
  void onResult(byte[] message) {
    ResultEnvelope envelope = EnvelopeReader.result(message);
    HubProtocol protocol = protocols.named(envelope.protocol());
    if (protocol == null) {
      throw new HubProtocolException(
          "Received a client result for protocol "
              + envelope.protocol()
              + " which is not supported by this server. This likely means you have different versions of your server deployed.");
    }
    ProtocolSet.checkFrame(protocol, envelope.frame());
    if (!(protocol.parse(ByteBuffer.wrap(envelope.frame()), new ResultBinder())
        instanceof CompletionMessage completion)) {
      throw new HubProtocolException("Expected a completion as a client's result");
    }
    results.completeRemote(completion);
  }

  private final class ResultBinder implements InvocationBinder {
    @Override
    public @Nullable List<Type> parameterTypes(String target) {
      return null;
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return results.resultType(invocationId);
    }

    @Override
    public @Nullable Type itemType(String streamId) {
      return null;
    }
  }

  /** Passes an answer on, untouched. */
  private final class Forwarded implements PendingResults.Receiver {
    private final HubProtocol protocol;
    private final ReplyTo reply;

    Forwarded(HubProtocol protocol, ReplyTo reply) {
      this.protocol = protocol;
      this.reply = reply;
    }

    @Override
    public Type resultType() {
      return RawResult.class;
    }

    @Override
    public void completed(CompletionMessage completion) {
      answer(completion);
    }

    @Override
    public void disconnected(String connectionId) {
      answerError("Connection disconnected.");
    }

    void answerError(String error) {
      answer(CompletionMessage.error(reply.invocationId(), error));
    }

    private void answer(CompletionMessage completion) {
      node.publish(
          reply.channel(),
          EnvelopeWriter.result(new ResultEnvelope(protocol.name(), protocol.encode(completion))));
    }
  }
}
