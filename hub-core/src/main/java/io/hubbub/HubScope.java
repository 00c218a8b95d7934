package io.hubbub;

/**
 * What a hub object works with during one call.
 *
 * @param clients the clients that can be addressed
 * @param groups group membership
 * @param context who is calling
 */
public record HubScope(HubCallerClients clients, Groups groups, HubCallerContext context) {}
