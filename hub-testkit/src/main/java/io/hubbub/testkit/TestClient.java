package io.hubbub.testkit;

import static org.awaitility.Awaitility.await;

import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.FrameReader;
import io.hubbub.protocol.Framing;
import io.hubbub.protocol.HandshakeProtocol;
import io.hubbub.protocol.HandshakeRequest;
import io.hubbub.protocol.HandshakeResponse;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.Payload;
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.TextRecords;
import io.hubbub.protocol.json.JsonHubProtocol;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks the wire and nothing more: what a test sends goes out as it is, what comes
 * in is taken message by message. Whoever waits in vain for a message fails after {@link #TIMEOUT}.
 *
 * <p>Threads: one at a time.
 */
public final class TestClient implements AutoCloseable {
  /** How long a message is awaited. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final InMemoryConnection connection;
  private final HubProtocol protocol;
  private final Map<String, List<Type>> handlers = new HashMap<>();
  private final FrameReader reader = new FrameReader(Integer.MAX_VALUE);
  private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
  private final InvocationBinder binder = new AnythingBinder();
  private Framing framing = HandshakeProtocol.framing();
  private int lastInvocationId;

  private TestClient(InMemoryConnection connection, HubProtocol protocol) {
    this.connection = connection;
    this.protocol = protocol;
  }

  /** Connects, with no handshake yet. */
  public static TestClient open(InMemoryTransport transport, HubProtocol protocol) {
    return new TestClient(transport.connect(), protocol);
  }

  /** Connects and shakes hands. */
  public static TestClient connect(InMemoryTransport transport, HubProtocol protocol) {
    TestClient client = open(transport, protocol);
    client.shakeHands(1);
    return client;
  }

  /** Connects and shakes hands for JSON. */
  public static TestClient connect(InMemoryTransport transport) {
    return connect(transport, JsonHubProtocol.create());
  }

  /** Both ends of the connection. */
  public InMemoryConnection connection() {
    return connection;
  }

  /** The connection's id. */
  public String connectionId() {
    return connection.connectionId();
  }

  /** Shakes hands for this client's protocol, which must succeed. */
  public void shakeHands(int version) {
    sendRaw(HandshakeProtocol.writeRequest(new HandshakeRequest(protocol.name(), version)));
    HandshakeResponse response = handshakeResponse();
    if (response.error() != null) {
      throw new AssertionError("Expected a handshake, but the server refused: " + response.error());
    }
  }

  /** Takes the answer to a handshake. */
  public HandshakeResponse handshakeResponse() {
    HandshakeResponse response = HandshakeProtocol.parseResponse(ByteBuffer.wrap(nextFrame()));
    framing = protocol;
    return response;
  }

  /** Tells the types of a handler's arguments; calls of others arrive as binding failures. */
  public TestClient handles(String target, Type... argumentTypes) {
    handlers.put(target, List.of(argumentTypes));
    return this;
  }

  /** Sends a message. */
  public void send(HubMessage message) {
    sendRaw(protocol.encode(message));
  }

  /** Sends text as one record. */
  public void sendText(String record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(record.getBytes(StandardCharsets.UTF_8));
    bytes.write(TextRecords.SEPARATOR);
    sendRaw(bytes.toByteArray());
  }

  /** Sends bytes as they are. */
  public void sendRaw(byte[] bytes) {
    connection.send(bytes);
  }

  /**
   * Calls a hub method and takes its completion; what comes before that is kept for later. When it
   * returns the hub has taken everything that was sent; the call may still be giving its slot back.
   */
  public CompletionMessage invoke(String target, @Nullable Object... arguments) {
    String id = call(target, arguments);
    ArrayDeque<byte[]> others = new ArrayDeque<>();
    while (true) {
      byte[] frame = nextFrame();
      HubMessage message = parse(frame);
      if (message instanceof CompletionMessage completion && completion.invocationId().equals(id)) {
        others.addAll(frames);
        frames.clear();
        frames.addAll(others);
        awaitTaken();
        return completion;
      }
      others.add(frame);
    }
  }

  /**
   * Calls a hub method.
   *
   * @return the id of its completion
   */
  public String call(String target, @Nullable Object... arguments) {
    String id = Integer.toString(++lastInvocationId);
    send(InvocationMessage.of(id, target, arguments));
    return id;
  }

  /** Calls a hub method and wants no answer. */
  public void notifyHub(String target, @Nullable Object... arguments) {
    send(InvocationMessage.of(null, target, arguments));
  }

  /** Takes the next message that is no ping. */
  public HubMessage receive() {
    HubMessage message = parse(nextFrame());
    while (message instanceof PingMessage) {
      message = parse(nextFrame());
    }
    return message;
  }

  /** Takes the next message that is no ping, which must be of a kind. */
  public <M extends HubMessage> M receive(Class<M> kind) {
    HubMessage message = receive();
    if (!kind.isInstance(message)) {
      throw new AssertionError("Expected " + kind.getSimpleName() + ", but came " + message);
    }
    return kind.cast(message);
  }

  /** Takes the next record as text, without its separator; pings, too. */
  public String receiveText() {
    byte[] frame = nextFrame();
    return new String(frame, 0, frame.length - 1, StandardCharsets.UTF_8);
  }

  /** Takes everything up to the server's Close, and waits for the end of the connection. */
  public CloseMessage receiveClose() {
    HubMessage message = receive();
    while (!(message instanceof CloseMessage)) {
      message = receive();
    }
    awaitClosed();
    return (CloseMessage) message;
  }

  /** Waits until the hub has taken everything that was sent. */
  public void awaitTaken() {
    connection.taken().orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** Waits until the hub is done with the connection; what it sent last may still wait for us. */
  public void awaitEnd() {
    await().atMost(TIMEOUT).until(() -> connection.hub().end().isPresent());
  }

  /** Waits for the end of the connection. */
  public void awaitClosed() {
    connection.closed().orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** How many messages have come and were not taken. */
  public int waiting() {
    cutAll();
    for (Payload next = connection.take(); next != null; next = connection.take()) {
      reader.add(next.buffer());
      cutAll();
    }
    return frames.size();
  }

  /** Closes the socket. */
  @Override
  public void close() {
    connection.disconnect();
  }

  private HubMessage parse(byte[] frame) {
    HubMessage message = protocol.parse(ByteBuffer.wrap(frame), binder);
    if (message == null) {
      throw new AssertionError("The server sent a message of an unknown type");
    }
    return message;
  }

  private byte[] nextFrame() {
    byte[] next = frames.poll();
    if (next == null) {
      next = cut();
    }
    while (next == null) {
      reader.add(nextPiece().buffer());
      next = cut();
    }
    return next;
  }

  private Payload nextPiece() {
    try {
      Payload piece = connection.arrived().poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (piece == null) {
        throw new AssertionError("Expected a message, but none came within " + TIMEOUT);
      }
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while a message was awaited", e);
    }
  }

  private void cutAll() {
    for (byte[] frame = cut(); frame != null; frame = cut()) {
      frames.add(frame);
    }
  }

  /** The next frame of the piece that came last; null when it is used up. */
  private byte @Nullable [] cut() {
    ByteBuffer frame = reader.next(framing);
    if (frame != null) {
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      return bytes;
    }
    if (reader.hasPartialFrame()) {
      throw new AssertionError("The server split a message over two pieces");
    }
    return null;
  }

  /** Takes any result and item, and the arguments of the handlers that were told. */
  private final class AnythingBinder implements InvocationBinder {
    @Override
    public @Nullable List<Type> parameterTypes(String target) {
      return handlers.get(target);
    }

    @Override
    public Type resultType(String invocationId) {
      return Object.class;
    }

    @Override
    public Type itemType(String streamId) {
      return Object.class;
    }
  }
}
