package io.hubbub.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes outcomes as the page {@code docs/compatibility.md}: a table for each client. */
final class CompatibilityTable {
  private static final String HEAD =
      """
      # Official clients against Hubbub

      Made by `OfficialClientsTest`, which fails when a line of it is not true any more. Every client is Microsoft's own, unmodified; every
      feature was tried over each of the client's transports and protocols, on the Netty server and in Tomcat, Jetty and Undertow alike.
      MessagePack does not go over Server-Sent Events, which carry text only. Automatic reconnect lives in the client and is tried over
      WebSockets. Microsoft's .NET client is not part of this table: it needs .NET to run.
      """;

  private CompatibilityTable() {}

  static String markdown(List<Outcome> outcomes) {
    Map<String, List<Outcome>> byClient = new LinkedHashMap<>();
    outcomes.forEach(
        outcome ->
            byClient.computeIfAbsent(outcome.client(), key -> new ArrayList<>()).add(outcome));
    StringBuilder page = new StringBuilder(HEAD);
    byClient.forEach((client, mine) -> page.append("\n## ").append(client).append(table(mine)));
    return page.toString();
  }

  private static String table(List<Outcome> outcomes) {
    Set<String> columns = new LinkedHashSet<>();
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      columns.add(outcome.column());
      rows.computeIfAbsent(outcome.feature(), key -> new LinkedHashMap<>())
          .put(outcome.column(), outcome.outcome());
    }
    StringBuilder table = new StringBuilder("\n\n| feature | ");
    table.append(String.join(" | ", columns)).append(" |\n| --- |");
    table.append(" --- |".repeat(columns.size())).append('\n');
    rows.forEach(
        (feature, cells) -> {
          table.append("| ").append(feature);
          columns.forEach(column -> table.append(" | ").append(cells.getOrDefault(column, "")));
          table.append(" |\n");
        });
    return table.toString();
  }
}
