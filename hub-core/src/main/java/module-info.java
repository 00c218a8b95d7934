/** Hubs, dispatch, hub protocols, delivery, and the seams to transports and backplanes. */
module io.hubbub.core {
  requires transitive org.jspecify;
  requires transitive com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.datatype.jdk8;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires org.slf4j;
  requires static jakarta.annotation;
  requires static org.reactivestreams;
  requires static reactor.core;
  requires static io.reactivex.rxjava3;

  exports io.hubbub;
  exports io.hubbub.protocol;
  exports io.hubbub.protocol.json;
  exports io.hubbub.protocol.msgpack;
  exports io.hubbub.protocol.negotiate;
  exports io.hubbub.spi;

  uses io.hubbub.spi.StreamAdapter;
}
