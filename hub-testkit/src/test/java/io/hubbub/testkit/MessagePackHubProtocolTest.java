package io.hubbub.testkit;

import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;

class MessagePackHubProtocolTest extends HubProtocolContract {
  private final HubProtocol protocol = MessagePackHubProtocol.create();

  @Override
  protected HubProtocol protocol() {
    return protocol;
  }
}
