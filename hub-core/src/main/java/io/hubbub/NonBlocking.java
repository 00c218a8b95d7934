package io.hubbub;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a hub method on the transport's own thread, without the hand-over to the hub executor. Such
 * a method must never block: while it runs, the thread serves none of its other connections. Until
 * it returns, nothing of what its client sent behind the call is looked at.
 *
 * <p>On a class it is meant for the methods that this class declares, not for inherited ones.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface NonBlocking {}
