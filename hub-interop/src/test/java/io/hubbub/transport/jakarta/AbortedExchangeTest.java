package io.hubbub.transport.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AbortedExchangeTest {
  private final AtomicBoolean told = new AtomicBoolean();
  private final AsyncContext context = mock(AsyncContext.class);
  private final AsyncExchange exchange = newExchange();

  private AsyncExchange newExchange() {
    HttpServletRequest request = mock(HttpServletRequest.class);
    HttpServletResponse response = mock(HttpServletResponse.class);
    when(request.getServletPath()).thenReturn("/hub");
    when(request.getHeaderNames()).thenReturn(Collections.emptyEnumeration());
    when(request.startAsync(request, response)).thenReturn(context);
    return new AsyncExchange(request, response, new RoleNames(List.of()));
  }

  @Test
  void whoAsksAfterTheClientHasGoneAndTheContainerIsDoneIsToldAtOnce() {
    exchange.onError(new AsyncEvent(context, new IOException("reset")));
    exchange.onComplete(new AsyncEvent(context));

    exchange.onAborted(() -> told.set(true));

    assertThat(told).isTrue();
  }

  @Test
  void answerThatIsCompleteIsNoAbort() {
    exchange.onComplete(new AsyncEvent(context));

    exchange.onAborted(() -> told.set(true));

    assertThat(told).isFalse();
  }
}
