package io.hubbub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may connect to a hub, or call a method of it. On a class it guards every HTTP request of the
 * hub (401, 403); on a method it guards the call. {@code jakarta.annotation.security}'s {@code
 * RolesAllowed}, {@code DenyAll} and {@code PermitAll} are honoured in the same places.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Authorize {
  /**
   * The name of a policy registered with {@link Hubs.Builder#policy}; empty: any authenticated
   * user.
   */
  String value() default "";

  /** Roles of which the user needs one; empty: any role. */
  String[] roles() default {};
}
