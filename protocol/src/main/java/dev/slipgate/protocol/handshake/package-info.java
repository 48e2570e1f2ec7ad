/**
 * What every endpoint needs to answer strangers within bounds: slots for handshakes in progress,
 * rates, and a queue of what is said without a session.
 */
@NullMarked
package dev.slipgate.protocol.handshake;

import org.jspecify.annotations.NullMarked;
