package io.hubbub.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.AuthorizationPolicy;
import io.hubbub.Authorize;
import io.hubbub.BaseHub;
import io.hubbub.Hub;
import io.hubbub.HubOptions;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.spi.EndpointAccess.Decision;
import io.hubbub.spi.Identity;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationTest {
  private static final Identity ANN = FakeConnection.user("ann");
  private static final Identity ADMIN = FakeConnection.user("root", "admin");

  private final List<AuthorizationPolicy.Request> requests = new ArrayList<>();

  private HubRig rig(Identity identity) {
    AuthorizationPolicy onlyAnn =
        request -> {
          requests.add(request);
          return request.identity().name().filter("ann"::equals).isPresent();
        };
    HubRig rig =
        new HubRig(
            GuardedHub.class,
            options -> options,
            parts -> parts.policies(Map.of("onlyAnn", onlyAnn)));
    rig.connection.identity = identity;
    return rig;
  }

  @ParameterizedTest
  @CsvSource({
    "open, true, true, true",
    "anyUser, false, true, true",
    "byRole, false, false, true",
    "byPolicy, false, true, false",
    "byJakartaRole, false, false, true",
    "byJakartaAnyUser, false, true, true",
    "nobody, false, false, false",
    "everybody, true, true, true",
    "overridden, false, true, true",
  })
  void annotationsDecideWhoMayCall(String method, boolean nobody, boolean ann, boolean admin) {
    assertThat(mayCall(method, Identity.ANONYMOUS)).isEqualTo(nobody);
    assertThat(mayCall(method, ANN)).isEqualTo(ann);
    assertThat(mayCall(method, ADMIN)).isEqualTo(admin);
  }

  private boolean mayCall(String method, Identity identity) {
    try (HubRig rig = rig(identity)) {
      rig.invoke("1", method, "x");
      CompletionMessage answer = rig.nextCompletion();
      if (answer.error() != null) {
        assertThat(answer.error())
            .isEqualTo("Failed to invoke '" + method + "' because user is unauthorized");
      }
      return answer.error() == null;
    }
  }

  @Test
  void policySeesWhatWasSent() {
    try (HubRig rig = rig(ANN)) {
      rig.invoke("1", "BYPOLICY", "argument");
      rig.next();
      AuthorizationPolicy.Request request = requests.get(0);
      assertThat(request.hub()).isEqualTo(GuardedHub.class);
      assertThat(request.method()).isEqualTo("byPolicy");
      assertThat(request.arguments()).containsExactly("argument");
    }
  }

  @Test
  void authorizationComesBeforeTheModeAndTheStreams() {
    try (HubRig rig = rig(Identity.ANONYMOUS)) {
      rig.stream("1", "anyUser", "x");
      assertThat(rig.nextError())
          .isEqualTo("Failed to invoke 'anyUser' because user is unauthorized");
      rig.upload("2", "anyUser", List.of("s"), "x");
      assertThat(rig.nextError())
          .isEqualTo("Failed to invoke 'anyUser' because user is unauthorized");
    }
  }

  @Test
  void identityIsAskedAnewForEveryCall() {
    try (HubRig rig = rig(Identity.ANONYMOUS)) {
      rig.invoke("1", "anyUser", "x");
      assertThat(rig.nextError()).isNotNull();
      rig.connection.identity = ANN;
      rig.invoke("2", "anyUser", "x");
      assertThat(rig.nextResult()).isEqualTo("x");
    }
  }

  @Test
  void unknownPoliciesAreRefusedAtStart() {
    assertThatThrownBy(() -> new HubRig(GuardedHub.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected a policy named 'onlyAnn'");
  }

  @Test
  void classAnnotationsGuardTheEndpoint() {
    assertThat(decide(GuardedHub.class, Identity.ANONYMOUS)).isEqualTo(Decision.PERMITTED);
    assertThat(decide(UsersHub.class, Identity.ANONYMOUS)).isEqualTo(Decision.UNAUTHENTICATED);
    assertThat(decide(UsersHub.class, ANN)).isEqualTo(Decision.PERMITTED);
    assertThat(decide(InheritingHub.class, Identity.ANONYMOUS)).isEqualTo(Decision.UNAUTHENTICATED);
    assertThat(decide(AdminsHub.class, Identity.ANONYMOUS)).isEqualTo(Decision.UNAUTHENTICATED);
    assertThat(decide(AdminsHub.class, ANN)).isEqualTo(Decision.FORBIDDEN);
    assertThat(decide(AdminsHub.class, ADMIN)).isEqualTo(Decision.PERMITTED);
  }

  @Test
  void classAnnotationsDoNotGuardMethods() {
    try (HubRig rig = new HubRig(UsersHub.class)) {
      rig.invoke("1", "open", "x");
      assertThat(rig.nextResult()).isEqualTo("x");
    }
  }

  private Decision decide(Class<? extends BaseHub> hubClass, Identity identity) {
    return new DispatcherBuilder(
            hubClass, HubOptions.defaults(), Runnable::run, new FakeLifetimeManager())
        .endpointAccess()
        .decide(identity);
  }

  abstract static class GuardedBase extends Hub {
    @Authorize
    public String overridden(String value) {
      return value;
    }
  }

  static class GuardedHub extends GuardedBase {
    public String open(String value) {
      return value;
    }

    @Authorize
    public String anyUser(String value) {
      return value;
    }

    @Authorize(roles = {"admin", "owner"})
    public String byRole(String value) {
      return value;
    }

    @Authorize("onlyAnn")
    public String byPolicy(String value) {
      return value;
    }

    @RolesAllowed("admin")
    public String byJakartaRole(String value) {
      return value;
    }

    @RolesAllowed("**")
    public String byJakartaAnyUser(String value) {
      return value;
    }

    @DenyAll
    public String nobody(String value) {
      return value;
    }

    @PermitAll
    public String everybody(String value) {
      return value;
    }

    @Override
    public String overridden(String value) {
      return value;
    }
  }

  @Authorize
  static class UsersHub extends Hub {
    public String open(String value) {
      return value;
    }
  }

  static class InheritingHub extends UsersHub {}

  @RolesAllowed("admin")
  static class AdminsHub extends Hub {}
}
