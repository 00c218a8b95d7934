package io.hubbub.http;

import io.hubbub.ConnectionRequest;
import io.hubbub.spi.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * An exchange that adds headers to whatever it is answered, errors and upgrades too.
 *
 * <p>Threads: as the exchange behind it.
 */
final class HeaderExchange implements HttpExchange {
  private final HttpExchange exchange;
  private final List<Map.Entry<String, String>> added;

  HeaderExchange(HttpExchange exchange, List<Map.Entry<String, String>> added) {
    this.exchange = exchange;
    this.added = added;
  }

  @Override
  public String method() {
    return exchange.method();
  }

  @Override
  public ConnectionRequest request() {
    return exchange.request();
  }

  @Override
  public String scheme() {
    return exchange.scheme();
  }

  @Override
  public Identity identity() {
    return exchange.identity();
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return exchange.isWebSocketUpgrade();
  }

  @Override
  public void readBody(BodyReader reader) {
    exchange.readBody(reader);
  }

  @Override
  public CompletionStage<Void> respond(HttpResponse response) {
    return exchange.respond(withAdded(response));
  }

  @Override
  public void stream(HttpResponse head, StreamSource source) {
    exchange.stream(withAdded(head), source);
  }

  @Override
  public void upgrade(HttpResponse head, WebSocketHandler handler) {
    exchange.upgrade(withAdded(head), handler);
  }

  @Override
  public void onAborted(Runnable action) {
    exchange.onAborted(action);
  }

  @Override
  public void abort() {
    exchange.abort();
  }

  private HttpResponse withAdded(HttpResponse response) {
    List<Map.Entry<String, String>> headers = new ArrayList<>(response.headers());
    headers.addAll(added);
    return new HttpResponse(response.status(), List.copyOf(headers), response.body());
  }
}
