package io.hubbub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a hub method, as filters see it.
 *
 * @param context who is calling
 * @param hub the object that is called
 * @param methodName the method's Java name
 * @param arguments all arguments, streams and injected ones included; unmodifiable
 */
public record HubInvocation(
    HubCallerContext context, BaseHub hub, String methodName, List<@Nullable Object> arguments) {

  /** The same call with other arguments. */
  public HubInvocation withArguments(List<@Nullable Object> newArguments) {
    return new HubInvocation(context, hub, methodName, newArguments);
  }
}
