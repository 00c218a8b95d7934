package io.hubbub.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class HubCallerTest {
  @Test
  void callThatCannotBeWrittenFailsOnAThreadThatMayBlock() {
    CompletableFuture<Void> write = new CompletableFuture<>();
    PendingCalls pending = new PendingCalls();
    Link link = mock(Link.class);
    when(link.pending()).thenReturn(pending);
    when(link.send(any())).thenReturn(write);
    when(link.uploads()).thenReturn(new Uploads(link::send));
    ConnectionSettings settings = mock(ConnectionSettings.class);
    when(settings.callbacks()).thenReturn(Runnable::run);
    List<Runnable> elsewhere = new ArrayList<>();
    Executor completions = elsewhere::add;
    HubCaller caller = new HubCaller(() -> Optional.of(link), settings, completions);

    CompletableFuture<String> call = caller.invoke(String.class, "Echo", "x");
    write.completeExceptionally(new IOException("gone"));

    assertThat(call).isNotDone();
    assertThat(pending.resultType("1")).isNull();
    assertThat(elsewhere).hasSize(1);
    elsewhere.get(0).run();
    assertThat(call).isCompletedExceptionally();
  }
}
