package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.Cancellation;
import io.hubbub.FromServices;
import io.hubbub.Hub;
import io.hubbub.HubMethodName;
import io.hubbub.Services;
import io.hubbub.TypedHub;
import io.hubbub.internal.dispatch.hidden.VisibleHub;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class HubDiscoveryTest {

  private static List<Type> types(HubRig rig, String target) {
    return rig.calls.binder().parameterTypes(target);
  }

  @Test
  void namesIgnoreCase() {
    try (HubRig rig = new HubRig(ManyHub.class)) {
      for (String spelling : List.of("ownMethod", "OwnMethod", "OWNMETHOD", "ownmethod")) {
        assertThat(types(rig, spelling)).as(spelling).containsExactly(int.class);
      }
      assertThat(types(rig, "ownMethods")).isNull();
      assertThat(types(rig, "")).isNull();
    }
  }

  @Test
  void inheritedMethodsAndDefaultMethodsAreCallable() {
    try (HubRig rig = new HubRig(ManyHub.class)) {
      assertThat(types(rig, "inherited")).isEmpty();
      assertThat(types(rig, "byDefault")).isEmpty();
    }
  }

  @Test
  void whatIsNotForClientsIsNotCallable() {
    try (HubRig rig = new HubRig(ManyHub.class)) {
      for (String name :
          List.of(
              "toString",
              "hashCode",
              "equals",
              "getClass",
              "wait",
              "clone",
              "finalize",
              "onConnected",
              "onDisconnected",
              "clients",
              "groups",
              "context",
              "enter",
              "scope",
              "close",
              "fixed",
              "hidden",
              "packagePrivate",
              "secret")) {
        assertThat(types(rig, name)).as(name).isNull();
      }
    }
  }

  @Test
  void typedHubsHaveTheSameRules() {
    try (HubRig rig = new HubRig(ATypedHub.class)) {
      assertThat(types(rig, "greet")).containsExactly(String.class);
      assertThat(types(rig, "clients")).isNull();
    }
  }

  @Test
  void methodsOfAHiddenBaseClassAreCallable() {
    try (HubRig rig = new HubRig(VisibleHub.class)) {
      rig.invoke("1", "fromHiddenBase", "x");
      assertThat(rig.nextResult()).isEqualTo("hidden x");
    }
  }

  @Test
  void typeVariablesAreWhatTheHubSays() {
    try (HubRig rig = new HubRig(StringsHub.class)) {
      assertThat(types(rig, "add")).containsExactly(String.class);
      assertThat(types(rig, "override")).containsExactly(String.class);
      Type list = types(rig, "addAll").get(0);
      assertThat(((ParameterizedType) list).getActualTypeArguments()).containsExactly(String.class);
      assertThat(types(rig, "addArray")).containsExactly(String[].class);
      rig.invoke("1", "override", "x");
      assertThat(rig.nextResult()).isEqualTo("own x");
    }
  }

  @Test
  void overloadsAreRefusedAtStart() {
    assertThatThrownBy(() -> new HubRig(OverloadedHub.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("Duplicate definitions of '(?i:send)'. Overloading is not supported.");
  }

  @Test
  void namesThatDifferOnlyInCaseAreRefusedAtStart() {
    assertThatThrownBy(() -> new HubRig(SameNameHub.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("Duplicate definitions of '(?i:send)'. Overloading is not supported.");
  }

  @Test
  void genericMethodsAreRefusedAtStart() {
    assertThatThrownBy(() -> new HubRig(GenericMethodHub.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Method 'any' is a generic method which is not supported on a Hub.");
  }

  @Test
  void parametersOfTheServerAreNotSent() {
    Services services =
        Services.builder()
            .add(Clock.class, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .add(Greeting.class, new Greeting("hello"))
            .build();
    try (HubRig rig =
        new HubRig(ServedHub.class, options -> options, parts -> parts.activator(services))) {
      assertThat(types(rig, "greet")).containsExactly(String.class, int.class);
      rig.invoke("1", "greet", "you", 3);
      assertThat(rig.nextResult()).isEqualTo("hello you 3 1970-01-01T00:00:00Z");
    }
  }

  @Test
  void missingServicesShowAtStart() {
    Services services = Services.builder().add(Greeting.class, new Greeting("hello")).build();
    assertThatThrownBy(
            () ->
                new HubRig(ServedHub.class, options -> options, parts -> parts.activator(services)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.time.Clock");
  }

  @Test
  void missingConstructorParametersShowAtStart() {
    assertThatThrownBy(() -> new HubRig(ServedHub.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected a constructor of " + ServedHub.class.getName());
  }

  interface WithDefault {
    default String byDefault() {
      return "default";
    }
  }

  abstract static class BaseOfMany extends Hub {
    public String inherited() {
      return "inherited";
    }
  }

  static class ManyHub extends BaseOfMany implements WithDefault, AutoCloseable {
    public int ownMethod(int value) {
      return value;
    }

    public static String fixed() {
      return "static";
    }

    protected String hidden() {
      return "protected";
    }

    String packagePrivate() {
      return "package";
    }

    private String secret() {
      return "private";
    }

    @Override
    public void onConnected() {}

    @Override
    public void onDisconnected(Throwable cause) {}

    @Override
    public String toString() {
      return secret();
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public void close() {}
  }

  interface Client {
    void hello();
  }

  static class ATypedHub extends TypedHub<Client> {
    public String greet(String name) {
      return name;
    }
  }

  abstract static class ListHub<T> extends Hub {
    public void add(T item) {}

    public void addAll(List<T> items) {}

    public void addArray(T[] items) {}

    public String override(T item) {
      return "base " + item;
    }
  }

  static class StringsHub extends ListHub<String> {
    @Override
    public String override(String item) {
      return "own " + item;
    }
  }

  static class OverloadedHub extends Hub {
    public void send(String text) {}

    public void send(int number) {}
  }

  static class SameNameHub extends Hub {
    public void send(String text) {}

    @HubMethodName("SEND")
    public void other() {}
  }

  static class GenericMethodHub extends Hub {
    public <T> T any(T value) {
      return value;
    }
  }

  record Greeting(String text) {}

  static class ServedHub extends Hub {
    private final Greeting greeting;

    ServedHub(Greeting greeting) {
      this.greeting = greeting;
    }

    public String greet(
        String name, @FromServices Clock clock, int times, Cancellation cancellation) {
      return greeting.text()
          + " "
          + name
          + " "
          + times
          + " "
          + clock.instant()
          + (cancellation.isCancelled() ? " cancelled" : "");
    }

    public int uploads(Flow.Publisher<Integer> numbers) {
      return 0;
    }
  }
}
