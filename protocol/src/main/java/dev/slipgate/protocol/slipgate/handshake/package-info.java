/** The handshake of the native protocol: the gateway's keys, and the packets in clear. */
@NullMarked
package dev.slipgate.protocol.slipgate.handshake;

import org.jspecify.annotations.NullMarked;
