/** Channels, their delivery modes, and the stream state of an end. */
@NullMarked
package dev.slipgate.protocol.channel;

import org.jspecify.annotations.NullMarked;
