/**
 * The native protocol: sessions and the endpoints above them. {@code docs/wire-protocol.md} is the
 * authority on every byte.
 */
@NullMarked
package dev.slipgate.protocol.slipgate;

import org.jspecify.annotations.NullMarked;
