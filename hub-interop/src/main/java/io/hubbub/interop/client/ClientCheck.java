package io.hubbub.interop.client;

import io.hubbub.interop.client.CheckSession.Way;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the Java client through every transport and protocol against a server that maps the
 * conformance hubs. The last line is {@code N passed, N failed}; the exit code is 0 if none failed.
 */
public final class ClientCheck {
  private ClientCheck() {}

  /** Arguments: {@code --url http://127.0.0.1:PORT}. */
  public static void main(String[] args) {
    if (args.length != 2 || !args[0].equals("--url")) {
      // A mistake in the command line is told on the terminal, not in a log.
      System.err.println("usage: client-check --url http://127.0.0.1:PORT");
      System.exit(2);
      return;
    }
    int failed = 0;
    int passed = 0;
    for (Way way : Way.all()) {
      int failedOnWay = 0;
      for (Check check : checks()) {
        failedOnWay += passes(args[1], way, check) ? 0 : 1;
      }
      failed += failedOnWay;
      passed += checks().size() - failedOnWay;
      // The report on stdout is what this program is for.
      System.out.printf("%-24s %d of %d%n", way, checks().size() - failedOnWay, checks().size());
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }

  /** Everything that is checked on each way. */
  static List<Check> checks() {
    return checks("/quick");
  }

  /** The same, with another hub to be quiet on: not every server has one with long time-outs. */
  static List<Check> checks(String quietHub) {
    List<Check> all = new ArrayList<>(CallChecks.all());
    all.addAll(StreamChecks.all());
    all.addAll(HandlerChecks.all());
    all.addAll(ConnectionChecks.all(quietHub));
    return all;
  }

  @SuppressWarnings("IllegalCatch") // whatever happens in a check is its result
  private static boolean passes(String base, Way way, Check check) {
    try (CheckSession session = new CheckSession(URI.create(base + check.path()), way)) {
      check.body().run(session);
      return true;
    } catch (Exception e) {
      System.out.println("FAILED " + way + ": " + check.name() + ": " + e);
      return false;
    }
  }
}
