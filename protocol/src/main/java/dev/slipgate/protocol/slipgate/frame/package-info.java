/**
 * The frames inside a sealed packet: reading and writing. {@code docs/wire-protocol.md}, Frames.
 */
@NullMarked
package dev.slipgate.protocol.slipgate.frame;

import org.jspecify.annotations.NullMarked;
