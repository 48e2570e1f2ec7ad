package dev.slipgate.benchmarks.handshakes;

import dev.slipgate.benchmarks.CommonOptions.Timing;
import dev.slipgate.benchmarks.chain.Protocol;

/**
 * How handshakes are measured.
 *
 * @param connecting clients that connect at the same time
 */
record HandshakePlan(Protocol protocol, int connecting, Timing timing) {}
