/** A client of ours on a socket and a thread of its own. */
@NullMarked
package dev.slipgate.testing.player;

import org.jspecify.annotations.NullMarked;
