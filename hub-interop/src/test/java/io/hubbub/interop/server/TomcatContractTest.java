package io.hubbub.interop.server;

class TomcatContractTest extends ContainerContract {
  TomcatContractTest() {
    super("tomcat");
  }

  /** Tomcat answers close frames before anybody sees them, with the code that they had. */
  @Override
  protected boolean answersCloseFrames() {
    return false;
  }
}
