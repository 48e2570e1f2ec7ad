package dev.slipgate.gateway.udp;

/**
 * A snapshot of what carriers count.
 *
 * @param datagramsIn datagrams read, of any content
 * @param bytesIn their payload bytes
 * @param datagramsOut datagrams handed to the kernel, those it then refused included
 * @param bytesOut their payload bytes
 * @param sendRefused datagrams dropped before the kernel: too many waited for it, or the peer's
 *     socket was gone
 * @param sendFailures datagrams the kernel refused, such as for want of a route
 * @param receiveFailures reads that failed
 */
public record CarrierStats(
        long datagramsIn,
        long bytesIn,
        long datagramsOut,
        long bytesOut,
        long sendRefused,
        long sendFailures,
        long receiveFailures) {}
