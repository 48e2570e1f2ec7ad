/**
 * The outside of a sealed packet: header, packet numbers, replay window, variable-length integers.
 */
@NullMarked
package dev.slipgate.protocol.slipgate.packet;

import org.jspecify.annotations.NullMarked;
