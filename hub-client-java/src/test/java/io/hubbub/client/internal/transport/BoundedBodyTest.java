package io.hubbub.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private final Flow.Subscription subscription = mock(Flow.Subscription.class);

  private BodySubscriber<byte[]> subscribed(Duration time) {
    BodySubscriber<byte[]> body = BoundedBody.answer(4, time).apply(mock(ResponseInfo.class));
    body.onSubscribe(subscription);
    return body;
  }

  private static List<ByteBuffer> piece(String text) {
    return List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void piecesAreJoined() {
    BodySubscriber<byte[]> body = subscribed(Duration.ofMinutes(1));
    body.onNext(piece("ab"));
    body.onNext(piece("cd"));
    body.onComplete();
    assertThat(body.getBody().toCompletableFuture().join()).asString().isEqualTo("abcd");
  }

  @Test
  void bodyThatIsTooLongIsGivenUp() {
    BodySubscriber<byte[]> body = subscribed(Duration.ofMinutes(1));
    body.onNext(piece("abcde"));
    verify(subscription).cancel();
    assertThatThrownBy(body.getBody().toCompletableFuture()::join)
        .hasMessageContaining("at most 4 bytes");
  }

  @Test
  void bodyThatStopsHalfWayIsGivenUp() {
    BodySubscriber<byte[]> body = subscribed(Duration.ofMillis(20));
    body.onNext(piece("ab"));
    CompletableFuture<byte[]> whole = body.getBody().toCompletableFuture();
    assertThatThrownBy(whole::join)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("Expected the whole response within 20 ms");
    verify(subscription, timeout(20_000)).cancel();
  }
}
