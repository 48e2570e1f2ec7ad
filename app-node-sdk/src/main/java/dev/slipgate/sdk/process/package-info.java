/**
 * The node's process: a lane per event loop, mailboxes on virtual threads, ticks, start and stop.
 */
@NullMarked
package dev.slipgate.sdk.process;

import org.jspecify.annotations.NullMarked;
