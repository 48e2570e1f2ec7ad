/** A lossy UDP path between real sockets, with the decisions of the fault package. */
@NullMarked
package dev.slipgate.testing.relay;

import org.jspecify.annotations.NullMarked;
