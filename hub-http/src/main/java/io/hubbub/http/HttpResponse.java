package io.hubbub.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param status the status code
 * @param headers name and value, in order; content length is the adapter's
 * @param body the whole body, or what is written first; not copied, not to be changed
 */
public record HttpResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {
  private static final byte[] EMPTY = {};

  /** An empty answer that says nothing of a content type. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, List.of(), EMPTY);
  }

  /** An empty answer of a content type. */
  public static HttpResponse empty(int status, String contentType) {
    return of(status, contentType, EMPTY);
  }

  /** An answer of plain text. */
  public static HttpResponse text(int status, String text) {
    return of(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer of any content type. */
  public static HttpResponse of(int status, String contentType, byte[] body) {
    return new HttpResponse(status, List.of(Map.entry("Content-Type", contentType)), body);
  }

  /** The same answer with one more header. */
  public HttpResponse with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new HttpResponse(status, List.copyOf(more), body);
  }
}
