package io.hubbub.interop.server;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat with one application. Threads: any. */
final class EmbeddedTomcat implements RunningServer {
  private final Tomcat tomcat;
  private final Path base;

  private EmbeddedTomcat(Tomcat tomcat, Path base) {
    this.tomcat = tomcat;
    this.base = base;
  }

  static RunningServer start(int port, Consumer<ServletContext> application)
      throws IOException, LifecycleException {
    Path base = Files.createTempDirectory("hubbub-tomcat");
    // For a Tomcat that does not start; one that did leaves files in it and deletes them itself.
    base.toFile().deleteOnExit();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    Connector connector = new Connector();
    connector.setPort(port);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxConnections", "20000");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", base.toString());
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(
        (classes, servletContext) -> application.accept(servletContext), Set.of());
    // A context without any servlet answers nothing at all.
    Tomcat.addServlet(context, "default", new NothingHere());
    context.addServletMappingDecoded("/", "default");
    tomcat.start();
    return new EmbeddedTomcat(tomcat, base);
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("Tomcat did not stop", e);
    } finally {
      ExpandWar.delete(base.toFile());
    }
  }
}
