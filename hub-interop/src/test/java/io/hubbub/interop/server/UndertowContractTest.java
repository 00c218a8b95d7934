package io.hubbub.interop.server;

class UndertowContractTest extends ContainerContract {
  UndertowContractTest() {
    super("undertow");
  }

  /** Undertow answers close frames before anybody sees them, with the code that they had. */
  @Override
  protected boolean answersCloseFrames() {
    return false;
  }
}
