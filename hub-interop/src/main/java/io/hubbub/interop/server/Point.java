package io.hubbub.interop.server;

import org.jspecify.annotations.Nullable;

/**
 * A small object.
 *
 * @param x any
 * @param y any
 * @param label any
 */
public record Point(int x, int y, @Nullable String label) {}
