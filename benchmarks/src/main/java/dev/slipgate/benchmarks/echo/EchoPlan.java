package dev.slipgate.benchmarks.echo;

import java.util.concurrent.TimeUnit;

/**
 * How the echo is measured.
 *
 * @param window messages that each client has on the way at the highest rate
 * @param rate messages per second to hold; 0 for the highest
 * @param rounds how often each server is measured, in turn
 * @param seconds of each measurement
 * @param warmUpSeconds before the first measurement of a server
 */
record EchoPlan(
        int clients,
        int window,
        int sizeBytes,
        long rate,
        int rounds,
        int seconds,
        int warmUpSeconds) {

    long durationNs() {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    /** The whole of it in the first round; later, a fifth: the code is compiled by then. */
    long warmUpNs(int round) {
        long wholeNs = TimeUnit.SECONDS.toNanos(warmUpSeconds);
        return round == 0 ? wholeNs : wholeNs / 5;
    }
}
