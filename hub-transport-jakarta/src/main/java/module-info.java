/** Hubs in a Jakarta EE container. */
module io.hubbub.transport.jakarta {
  requires transitive io.hubbub.http;
  requires transitive jakarta.servlet;
  requires jakarta.annotation;
  requires jakarta.websocket;
  requires org.slf4j;

  exports io.hubbub.transport.jakarta;
}
