package dev.slipgate.protocol;

/**
 * Where a peer is, as its carrier knows it; opaque here. Carriers implement it with {@code equals}
 * and {@code hashCode} over the peer's address and the local address that the datagram came to, so
 * that it can key a map and so that a reply leaves from where the datagram arrived. {@code
 * toString} is the text form for logs and for the app, such as {@code 192.0.2.7:40112} or {@code
 * [2001:db8::7]:40112}.
 */
public interface PeerAddress {
    /** The peer's host without its port, for limits that count per host; equal for equal hosts. */
    Object host();
}
