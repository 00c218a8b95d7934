package io.hubbub.internal.dispatch.hidden;

import io.hubbub.Hub;

abstract class HiddenBase extends Hub {
  public String fromHiddenBase(String value) {
    return "hidden " + value;
  }
}
