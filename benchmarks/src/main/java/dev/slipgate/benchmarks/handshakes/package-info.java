/** The scenario {@code handshakes}: what it costs a gateway that a client connects and leaves. */
@NullMarked
package dev.slipgate.benchmarks.handshakes;

import org.jspecify.annotations.NullMarked;
