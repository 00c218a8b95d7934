package io.hubbub.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A stream of Server-Sent Events from a server under test.
 *
 * <p>Threads: one at a time; a thread of its own reads.
 */
final class WireEvents implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final WireRecords records = new WireRecords();
  private final CountDownLatch comment = new CountDownLatch(1);

  private WireEvents(HttpResponse<InputStream> response) {
    this.response = response;
    Thread reader = new Thread(this::read, "events");
    reader.setDaemon(true);
    reader.start();
  }

  static WireEvents open(WireHttp http, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(http.uri(path)).header("Accept", "text/event-stream").build();
    return new WireEvents(
        WireHttp.await(http.client().sendAsync(request, BodyHandlers.ofInputStream())));
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  WireRecords records() {
    return records;
  }

  /** Waits for the comment with which the stream opens. */
  boolean isOpened() throws InterruptedException {
    return comment.await(WireHttp.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(":")) {
          comment.countDown();
        } else if (line.startsWith("data: ")) {
          records.add(line.substring("data: ".length()));
        }
      }
    } catch (IOException ended) {
      // The end, too.
    }
    records.end();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
