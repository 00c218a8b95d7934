/** Negotiation and the HTTP transports, for adapters of HTTP servers; access tokens. */
module io.hubbub.http {
  requires transitive io.hubbub.core;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires static com.nimbusds.jose.jwt;

  exports io.hubbub.http;
  exports io.hubbub.http.jwt;
}
