package io.hubbub.interop.client;

import io.hubbub.interop.client.CheckSession.Way;
import io.hubbub.interop.server.ConformanceHubs;
import io.hubbub.interop.server.ConformanceServer;
import io.hubbub.interop.server.HubServer;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Our client against our own servers, over every transport and protocol. */
class JavaClientTest {

  /** The checks on one server. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class OnServer {
    private final String transport;
    private HubServer server;

    OnServer(String transport) {
      this.transport = transport;
    }

    @BeforeAll
    void start() {
      server =
          HubServer.start(transport, 0, ConformanceHubs.map().build(), ConformanceServer::settings);
    }

    @AfterAll
    void shutDown() {
      server.shutdown(Duration.ofSeconds(5));
    }

    @TestFactory
    Stream<DynamicContainer> everyWayWorks() {
      return Way.all().stream()
          .map(way -> DynamicContainer.dynamicContainer(way.toString(), checks(way)));
    }

    private Stream<DynamicTest> checks(Way way) {
      return ClientCheck.checks("/quiet").stream()
          .map(check -> DynamicTest.dynamicTest(check.name(), () -> run(way, check)));
    }

    private void run(Way way, Check check) throws Exception {
      URI hub = URI.create("http://127.0.0.1:" + server.port() + check.path());
      try (CheckSession session = new CheckSession(hub, way)) {
        check.body().run(session);
      }
    }
  }

  @org.junit.jupiter.api.Nested
  class OnNetty extends OnServer {
    OnNetty() {
      super("netty");
    }
  }

  @org.junit.jupiter.api.Nested
  class OnTomcat extends OnServer {
    OnTomcat() {
      super("tomcat");
    }
  }
}
