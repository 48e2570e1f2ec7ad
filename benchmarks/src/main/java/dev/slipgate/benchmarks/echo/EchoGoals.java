package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.chain.Protocol;

/**
 * What a protocol's echo of 200 bytes, one message per packet, may cost the gateway.
 *
 * @param cpuRatio its CPU over that of the epoll echo
 * @param garbageBytes per message
 */
record EchoGoals(double cpuRatio, double garbageBytes) {
    static EchoGoals of(Protocol protocol) {
        return switch (protocol) {
            case SLIPGATE -> new EchoGoals(1.8, 300);
            case MPGAMESERVER -> new EchoGoals(2.0, 600);
        };
    }
}
