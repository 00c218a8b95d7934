package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationBindingFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationErrorsTest {

  @Test
  void unknownMethodsDoNotExist() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      assertThat(rig.calls.binder().parameterTypes("nope")).isNull();
      rig.dispatch(new InvocationBindingFailure("1", "nope", false, true, "no such target"));
      assertThat(rig.nextError())
          .isEqualTo(
              "Failed to invoke 'nope' due to an error on the server. HubException: Method does not exist.");
    }
  }

  @Test
  void argumentsThatDoNotFitFailOnlyTheirCall() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.dispatch(new InvocationBindingFailure("1", "eCho", false, false, "wrong count"));
      assertThat(rig.nextError())
          .isEqualTo("Failed to invoke 'echo' due to an error on the server.");
      rig.invoke("2", "echo", "on");
      assertThat(rig.nextResult()).isEqualTo("on");
    }
  }

  @Test
  void argumentsThatDoNotFitAreDetailedWhenAskedFor() {
    try (HubRig rig =
        new HubRig(InvocationTest.CallsHub.class, options -> options.detailedErrors(true))) {
      rig.dispatch(new InvocationBindingFailure("1", "echo", false, false, "wrong count"));
      assertThat(rig.nextError())
          .isEqualTo(
              "Failed to invoke 'echo' due to an error on the server. InvalidDataException: wrong count");
    }
  }

  @Test
  void exceptionsOfMethodsStayInside() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.invoke("1", "FAIL", "secret");
      assertThat(rig.nextError())
          .isEqualTo("An unexpected error occurred invoking 'fail' on the server.");
      rig.invoke("2", "failLater", "secret");
      assertThat(rig.nextError())
          .isEqualTo("An unexpected error occurred invoking 'failLater' on the server.");
    }
  }

  @Test
  void exceptionsOfMethodsAreToldWithDetailedErrors() {
    try (HubRig rig =
        new HubRig(InvocationTest.CallsHub.class, options -> options.detailedErrors(true))) {
      rig.invoke("1", "fail", "boom");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'fail' on the server. IOException: boom");
      rig.invoke("2", "failLater", "boom");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'failLater' on the server. IllegalStateException: boom");
    }
  }

  @Test
  void hubExceptionsAreAlwaysTold() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.invoke("1", "failHub", "told");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'failHub' on the server. OwnHubException: told");
    }
  }

  @Test
  void exceptionWithoutTextIsToldByItsType() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.invoke("1", "failHub", (Object) null);
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'failHub' on the server. OwnHubException: "
                  + "Exception of type '"
                  + InvocationTest.OwnHubException.class.getName()
                  + "' was thrown.");
    }
  }

  @Test
  void failingConstructorFailsTheCallLikeTheMethod() {
    try (HubRig rig = new HubRig(InvocationTest.BrokenHub.class)) {
      rig.invoke("1", "echo", "x");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'echo' on the server. HubException: no hub today");
    }
  }

  @Test
  void streamingMethodsWantAStreamInvocation() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.invoke("1", "Words");
      assertThat(rig.nextError())
          .isEqualTo(
              "The client attempted to invoke the streaming 'words' method with a non-streaming invocation.");
    }
  }

  @Test
  void plainMethodsWantAPlainInvocation() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.stream("1", "Echo", "x");
      assertThat(rig.nextError())
          .isEqualTo(
              "The client attempted to invoke the non-streaming 'echo' method with a streaming invocation.");
    }
  }

  @Test
  void numberOfUploadsMustFit() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.upload("1", "Echo", List.of("s", "t"), "x");
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'echo' on the server. HubException: Client sent 2 stream(s), Hub method expects 0.");
      rig.upload("2", "count", List.of());
      assertThat(rig.nextError())
          .isEqualTo(
              "An unexpected error occurred invoking 'count' on the server. HubException: Client sent 0 stream(s), Hub method expects 1.");
    }
  }

  @Test
  void resultThatCannotBeWrittenFailsItsCall() {
    try (HubRig rig = new HubRig(InvocationTest.CallsHub.class)) {
      rig.connection.unwritable =
          message -> message instanceof CompletionMessage completion && completion.hasResult();
      rig.invoke("1", "echo", "x");
      assertThat(rig.nextError())
          .isEqualTo("An unexpected error occurred invoking 'echo' on the server.");
    }
  }
}
