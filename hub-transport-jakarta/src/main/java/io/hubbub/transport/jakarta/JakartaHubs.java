package io.hubbub.transport.jakarta;

import io.hubbub.Hubs;
import io.hubbub.http.HttpExchange;
import io.hubbub.http.HubHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.function.Consumer;

/**
 * Serves hubs inside a Jakarta EE container: asynchronous servlets for HTTP, {@code
 * jakarta.websocket} (2.1 or later) for WebSockets.
 *
 * <p>Roles of the container's users are known to hubs as far as {@code @Authorize} or
 * {@code @RolesAllowed} of a mapped hub names them.
 *
 * <p>Threads: one registers; what is registered serves any number.
 */
public final class JakartaHubs {
  /** The name of the filter, for containers that want to order filters by name. */
  public static final String FILTER_NAME = "io.hubbub";

  private JakartaHubs() {}

  /**
   * Serves hubs with the defaults of {@link HubHttp}: pages of the same origin only, users as the
   * container has authenticated them.
   *
   * @param context the application's, while it starts: in a {@code ServletContextListener} or a
   *     {@code ServletContainerInitializer}
   * @return ends the hubs in order with {@link HubHttp#shutdown}; when the container stops first,
   *     they end at once
   * @throws IllegalStateException if hubs are registered with this context already
   */
  public static HubHttp register(ServletContext context, Hubs hubs) {
    return register(context, hubs, http -> {});
  }

  /**
   * Serves hubs with settings of one's own, as for pages of other origins or for access tokens.
   *
   * @param context the application's, while it starts
   * @param settings changes the defaults
   * @return ends the hubs in order
   * @throws IllegalStateException if hubs are registered with this context already
   * @throws IllegalArgumentException if the settings contradict each other
   */
  public static HubHttp register(
      ServletContext context, Hubs hubs, Consumer<HubHttp.Builder> settings) {
    HubHttp.Builder builder = HubHttp.builder(hubs);
    settings.accept(builder);
    HubHttp http = builder.build();
    add(
        context,
        new HubServletFilter(
            endpointOf(http), new RoleNames(hubs.endpoints()), SocketParts.of(hubs.scheduler())));
    return http;
  }

  static void add(ServletContext context, HubServletFilter filter) {
    FilterRegistration.Dynamic registration = context.addFilter(FILTER_NAME, filter);
    if (registration == null) {
      throw new IllegalStateException(
          "Hubs are registered with this application already; map all of them in one Hubs.builder()");
    }
    registration.setAsyncSupported(true);
    // Last, so that the application's own filters, as for authentication, come before.
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
  }

  private static HubServletFilter.Endpoint endpointOf(HubHttp http) {
    return new HubServletFilter.Endpoint() {
      @Override
      public boolean serves(String path) {
        return http.serves(path);
      }

      @Override
      public void handle(HttpExchange exchange) {
        if (!http.handle(exchange)) {
          throw new IllegalStateException("Expected a hub at " + exchange.request().path());
        }
      }

      @Override
      public void close() {
        http.close();
      }
    };
  }
}
