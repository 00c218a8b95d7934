/** The Java client for hubs. */
module io.hubbub.client {
  requires transitive io.hubbub.core;
  requires transitive java.net.http;
  requires transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires tyrus.standalone.client;
  requires static java.desktop;

  exports io.hubbub.client;
  exports io.hubbub.client.spi;
}
