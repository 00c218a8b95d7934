package io.hubbub.internal.dispatch;

import java.util.concurrent.Flow;

/**
 * A subscriber that neither blocks nor runs code of the application: it may be signalled on any
 * thread, the receive callback included. Without it, hub methods that wait for items could hold all
 * threads of a bounded executor, and none would be left to bring them the items.
 *
 * @param <T> the items
 */
public interface DirectSubscriber<T> extends Flow.Subscriber<T> {}
