package io.hubbub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TypedHubsTest {
  interface ChatClient {}

  interface Box<T> {}

  static class Direct extends TypedHub<ChatClient> {}

  static class Parent<A, C> extends TypedHub<C> {}

  static class Middle<X> extends Parent<String, X> {}

  static class Child extends Middle<Box<ChatClient>> {}

  static class Open<C> extends TypedHub<C> {}

  @Test
  void theInterfaceIsFoundThroughTheParents() {
    assertThat(TypedHubs.clientInterface(new Direct())).isEqualTo(ChatClient.class);
    assertThat(TypedHubs.<Box<ChatClient>>clientInterface(new Child())).isEqualTo(Box.class);
  }

  @Test
  void aHubWithoutAnInterfaceIsRefused() {
    assertThatThrownBy(() -> TypedHubs.clientInterface(Open.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Open to extend TypedHub<C> with an interface");
  }
}
