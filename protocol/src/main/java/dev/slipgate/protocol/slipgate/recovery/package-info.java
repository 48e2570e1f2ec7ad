/**
 * What the two ends of a session know of each other's packets (RFC 9002): acknowledgements, round
 * trip, losses, the congestion window, pacing. {@code Recovery} is the sender's side, {@code
 * ReceivedPackets} the receiver's. Confined to the thread of the session; no packet makes an
 * object.
 */
@NullMarked
package dev.slipgate.protocol.slipgate.recovery;

import org.jspecify.annotations.NullMarked;
