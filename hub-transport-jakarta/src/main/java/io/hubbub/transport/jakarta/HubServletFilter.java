package io.hubbub.transport.jakarta;

import io.hubbub.http.HttpExchange;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes the hubs' requests out of the application's and leaves all others alone. A filter, because
 * the paths of hubs ignore case, which no servlet mapping can.
 *
 * <p>Threads: the container's.
 */
final class HubServletFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Endpoint endpoint;
  private final transient RoleNames roles;
  private final transient Upgrades upgrades;

  HubServletFilter(Endpoint endpoint, RoleNames roles, SocketParts parts) {
    this.endpoint = endpoint;
    this.roles = roles;
    this.upgrades = new Upgrades(parts);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!endpoint.serves(ServletRequestSnapshot.pathOf(request))) {
      chain.doFilter(request, response);
    } else if (Upgrades.isUpgrade(request)) {
      UpgradeExchange exchange = new UpgradeExchange(request, roles);
      endpoint.handle(exchange);
      exchange.finish(request, response, upgrades);
    } else if (!request.isAsyncSupported()) {
      throw new ServletException(
          "Expected asynchronous requests at "
              + request.getRequestURI()
              + ", but a filter or servlet in front is not declared with asyncSupported");
    } else {
      endpoint.handle(new AsyncExchange(request, response, roles));
    }
  }

  @Override
  public void destroy() {
    endpoint.close();
  }

  /** What answers the requests: {@link io.hubbub.http.HubHttp}, or a test. */
  interface Endpoint {
    /** Whether a path, inside the context and without query, is a hub's. */
    boolean serves(String path);

    /** Answers a request, now or later. */
    void handle(HttpExchange exchange);

    /** The container stops. */
    void close();
  }
}
