package dev.slipgate.gateway.stream;

/**
 * A snapshot of what a listener for streams counts.
 *
 * @param connections open at the moment
 * @param accepted connections that came and were taken
 * @param refusedByCap that came and were closed, since the process had as many as it may
 * @param refusedByHostCap the same, since their host had
 * @param packetsIn packets read, of any content
 * @param bytesIn their bytes
 * @param packetsOut packets handed to connections
 * @param bytesOut their bytes
 * @param sendRefused packets for connections that were gone
 * @param badStreams closed for broken framing, an empty or too long packet, or a text message
 * @param badUpgrades closed for what is no request for our WebSocket
 * @param originsRefused closed for a web page that may not
 * @param tlsFailures closed for a TLS handshake that failed
 * @param unproven closed, since no session was proven in time
 * @param pingTimeouts WebSockets closed for pings without an answer
 * @param overruns closed for reading too slowly, with more in flight than is held for them
 */
public record StreamStats(
        long connections,
        long accepted,
        long refusedByCap,
        long refusedByHostCap,
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut,
        long sendRefused,
        long badStreams,
        long badUpgrades,
        long originsRefused,
        long tlsFailures,
        long unproven,
        long pingTimeouts,
        long overruns) {}
