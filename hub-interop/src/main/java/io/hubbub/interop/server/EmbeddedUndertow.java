package io.hubbub.interop.server;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Consumer;

/** Undertow with one application. Threads: any. */
final class EmbeddedUndertow implements RunningServer {
  private final Undertow undertow;
  private final DeploymentManager deployment;

  private EmbeddedUndertow(Undertow undertow, DeploymentManager deployment) {
    this.undertow = undertow;
    this.deployment = deployment;
  }

  static RunningServer start(int port, Consumer<ServletContext> application)
      throws ServletException {
    ServletContainerInitializer initializer =
        (classes, servletContext) -> application.accept(servletContext);
    DeploymentInfo info =
        Servlets.deployment()
            .setClassLoader(EmbeddedUndertow.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("hubbub")
            .addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    ServletContainerInitializer.class,
                    new ImmediateInstanceFactory<>(initializer),
                    Set.of()))
            .addServlet(
                Servlets.servlet("nothing", NothingHere.class)
                    .addMapping("/")
                    .setAsyncSupported(true));
    DeploymentManager deployment = Servlets.newContainer().addDeployment(info);
    deployment.deploy();
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(port, "127.0.0.1")
            .setHandler(deployment.start())
            .build();
    undertow.start();
    return new EmbeddedUndertow(undertow, deployment);
  }

  @Override
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void close() {
    try {
      deployment.stop();
      deployment.undeploy();
    } catch (ServletException e) {
      throw new IllegalStateException("Undertow did not stop", e);
    } finally {
      undertow.stop();
    }
  }
}
