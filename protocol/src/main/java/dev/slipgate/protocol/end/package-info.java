/**
 * The end of a connection that sits right on its sessions, one after another: the client's, and in
 * simulation the other side's too. {@link dev.slipgate.protocol.end.SessionEnd} is the place to
 * start.
 */
@NullMarked
package dev.slipgate.protocol.end;

import org.jspecify.annotations.NullMarked;
