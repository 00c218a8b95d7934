package io.hubbub.interop.server;

class JettyContractTest extends ContainerContract {
  JettyContractTest() {
    super("jetty");
  }

  /** Jetty answers close frames with their own code, unless we are faster. */
  @Override
  protected boolean answersCloseFrames() {
    return false;
  }
}
