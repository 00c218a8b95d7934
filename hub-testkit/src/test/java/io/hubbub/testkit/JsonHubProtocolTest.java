package io.hubbub.testkit;

import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.json.JsonHubProtocol;

class JsonHubProtocolTest extends HubProtocolContract {
  private final HubProtocol protocol = JsonHubProtocol.create();

  @Override
  protected HubProtocol protocol() {
    return protocol;
  }
}
