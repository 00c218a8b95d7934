package io.hubbub.interop.server;

class JettyContractTest extends ContainerContract {
  JettyContractTest() {
    super("jetty");
  }
}
