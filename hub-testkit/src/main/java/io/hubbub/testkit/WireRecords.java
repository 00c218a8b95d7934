package io.hubbub.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Cuts what a server sends into records of JSON, and keeps them until a test takes them. Pings and
 * acknowledgements are dropped: they come when the server's clock says so.
 *
 * <p>Threads: one adds, one takes.
 */
final class WireRecords {
  static final String END = "\u001e";
  private static final String ENDED = "the end";

  private final BlockingQueue<String> records = new LinkedBlockingQueue<>();
  private final StringBuilder rest = new StringBuilder();

  void add(CharSequence text) {
    rest.append(text);
    for (int end = rest.indexOf(END); end >= 0; end = rest.indexOf(END)) {
      String record = rest.substring(0, end);
      rest.delete(0, end + 1);
      if (!record.equals("{\"type\":6}") && !record.startsWith("{\"type\":8,")) {
        records.add(record);
      }
    }
  }

  /** Nothing more comes. */
  void end() {
    records.add(ENDED);
  }

  /** The next record. */
  String next() {
    String record = take();
    if (record.equals(ENDED)) {
      throw new AssertionError("Expected a record, but the connection has ended");
    }
    return record;
  }

  JsonNode nextJson() {
    return WireHttp.json(next());
  }

  /** The last record before the end. */
  String last() {
    String last = "";
    for (String record = take(); !record.equals(ENDED); record = take()) {
      last = record;
    }
    return last;
  }

  private String take() {
    try {
      String record = records.poll(WireHttp.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (record == null) {
        throw new AssertionError("Expected a record within " + WireHttp.TIMEOUT);
      }
      return record;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", interrupted);
    }
  }
}
