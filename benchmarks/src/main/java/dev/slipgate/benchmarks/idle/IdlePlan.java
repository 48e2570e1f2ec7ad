package dev.slipgate.benchmarks.idle;

import dev.slipgate.benchmarks.chain.Protocol;

/**
 * How idle sessions are measured.
 *
 * @param sessions how many
 * @param seconds that they idle before they are measured
 */
record IdlePlan(Protocol protocol, int sessions, int seconds) {}
