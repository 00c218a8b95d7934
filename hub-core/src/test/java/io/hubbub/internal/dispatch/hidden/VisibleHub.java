package io.hubbub.internal.dispatch.hidden;

/** For it the compiler makes a bridge to the method of its hidden base class. */
public class VisibleHub extends HiddenBase {}
