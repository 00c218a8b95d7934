package io.hubbub.internal.connection;

import io.hubbub.UserIdProvider;
import io.hubbub.protocol.ReplayBuffer;
import io.hubbub.spi.HubEvents;
import io.hubbub.spi.Scheduler;
import java.util.concurrent.Executor;

/**
 * What all connections of a server share.
 *
 * @param executor runs hub methods
 * @param answers runs what follows clients' answers, and the end of connections
 * @param scheduler time
 * @param events listens
 * @param userIds finds users' ids
 * @param replayBudget bytes that may be kept for clients that may come back
 */
public record ServerParts(
    Executor executor,
    Executor answers,
    Scheduler scheduler,
    HubEvents events,
    UserIdProvider userIds,
    ReplayBuffer.Budget replayBudget) {}
