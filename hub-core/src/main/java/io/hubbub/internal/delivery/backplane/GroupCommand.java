package io.hubbub.internal.delivery.backplane;

/**
 * Asks the node that has a connection to change its group membership.
 *
 * @param id unlike that of any other open command of the asking node
 * @param server the asking node
 * @param action {@link #ADD} or {@link #REMOVE}; others are acknowledged and change nothing
 * @param group the group
 * @param connectionId the connection
 */
record GroupCommand(int id, String server, int action, String group, String connectionId) {
  static final int ADD = 1;
  static final int REMOVE = 2;
}
