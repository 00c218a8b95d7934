package io.hubbub.transport.netty;

import io.hubbub.ConnectionRequest;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.HttpResponse;
import io.hubbub.transport.netty.StaticSource.StaticFile;
import io.netty.handler.codec.DateFormatter;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET and HEAD with static files: for the pages of small applications and of development.
 * Browsers ask each time whether a file has changed.
 *
 * <p>Threads: any; files are read on the executor.
 */
final class StaticSite implements Site {
  private static final Logger LOG = LoggerFactory.getLogger(StaticSite.class);

  /** Nothing hidden, nothing that a file system reads as more than a name. */
  private static final Pattern NAME = Pattern.compile("[^./\\\\:\\x00-\\x1F][^/\\\\:\\x00-\\x1F]*");

  private static final String INDEX = "index.html";
  private static final long MILLIS_PER_SECOND = Duration.ofSeconds(1).toMillis();

  private final List<StaticSource> sources;
  private final Executor executor;

  StaticSite(List<StaticSource> sources, Executor executor) {
    this.sources = List.copyOf(sources);
    this.executor = executor;
  }

  @Override
  public boolean handle(HttpExchange exchange) {
    if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
      return false;
    }
    Optional<String> path = fileOf(exchange.request().path());
    if (path.isEmpty()) {
      return false;
    }
    executor.execute(() -> answer(exchange, path.get()));
    return true;
  }

  /** A path as that of a file; empty if none can have it. */
  static Optional<String> fileOf(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    String file = path.endsWith("/") ? path.substring(1) + INDEX : path.substring(1);
    for (String segment : file.split("/", -1)) {
      if (!NAME.matcher(segment).matches()) {
        return Optional.empty();
      }
    }
    return Optional.of(file);
  }

  private void answer(HttpExchange exchange, String path) {
    try {
      Optional<StaticFile> found = find(path);
      if (found.isPresent()) {
        answer(exchange, found.get());
      } else {
        exchange.respond(HttpConnection.NOT_FOUND);
      }
    } catch (IOException | RuntimeException unreadable) {
      // Nobody else would answer: this is the executor's thread.
      LOG.warn("The file {} cannot be read", path, unreadable);
      exchange.respond(HttpResponse.empty(500, "text/plain"));
    }
  }

  private Optional<StaticFile> find(String path) throws IOException {
    for (StaticSource source : sources) {
      Optional<StaticFile> file = source.find(path);
      if (file.isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  private void answer(HttpExchange exchange, StaticFile file) throws IOException {
    String tag = tag(file);
    if (isKnown(exchange.request(), file, tag)) {
      exchange.respond(new HttpResponse(304, about(file, tag), new byte[0]));
      return;
    }
    HttpResponse head =
        new HttpResponse(200, about(file, tag), new byte[0])
            .with("Content-Type", ContentTypes.of(file.name()))
            .with("Content-Length", Long.toString(file.length()));
    if (exchange.method().equals("HEAD")) {
      exchange.respond(head);
    } else {
      exchange.stream(head, new FileStream(file.content().open(), executor));
    }
  }

  private static List<Map.Entry<String, String>> about(StaticFile file, String tag) {
    return List.of(
        Map.entry("ETag", tag),
        Map.entry("Last-Modified", DateFormatter.format(new Date(file.modified()))),
        Map.entry("Cache-Control", "no-cache"),
        Map.entry("X-Content-Type-Options", "nosniff"));
  }

  private static String tag(StaticFile file) {
    return '"' + Long.toHexString(file.modified()) + '-' + Long.toHexString(file.length()) + '"';
  }

  private static boolean isKnown(ConnectionRequest request, StaticFile file, String tag) {
    List<String> tags = request.headers("If-None-Match");
    if (!tags.isEmpty()) {
      return tags.stream().anyMatch(known -> known.contains(tag) || known.strip().equals("*"));
    }
    return request
        .header("If-Modified-Since")
        .map(DateFormatter::parseHttpDate)
        .filter(since -> file.modified() / MILLIS_PER_SECOND <= since.getTime() / MILLIS_PER_SECOND)
        .isPresent();
  }
}
