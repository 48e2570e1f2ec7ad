package dev.slipgate.gateway.udp;

import dev.slipgate.gateway.carrier.HostKey;
import dev.slipgate.protocol.PeerAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A peer as UDP knows it: its address and port, and the local socket that its datagrams come to.
 * Its hash is keyed with a secret of the process, so that nobody can aim addresses at one bucket.
 */
final class UdpPeer implements PeerAddress {
    private static final long HIGH_KEY;
    private static final long LOW_KEY;
    private static final long PORT_KEY;

    static {
        var random = new SecureRandom();
        HIGH_KEY = random.nextLong() | 1;
        LOW_KEY = random.nextLong() | 1;
        PORT_KEY = random.nextLong() | 1;
    }

    final UdpSocket socket;
    final InetSocketAddress address;
    private final long high;
    private final long low;
    private final int port;
    private final int hash;

    /**
     * @param high the first 8 bytes of an IPv6 address, or 0
     * @param low the last 8 bytes of an IPv6 address, or the IPv4 address
     * @param hash of these three
     */
    UdpPeer(UdpSocket socket, InetSocketAddress address, long high, long low, int hash) {
        this.socket = socket;
        this.address = address;
        this.high = high;
        this.low = low;
        this.port = address.getPort();
        this.hash = hash;
    }

    /** A multiply-add hash under secret odd keys; universal, and three multiplications. */
    static int hash(long high, long low, int port) {
        return (int) ((high * HIGH_KEY + low * LOW_KEY + port * PORT_KEY) >>> 32);
    }

    /** Whether this is the peer with these words at this socket. */
    boolean is(UdpSocket socket, long high, long low, int port) {
        return this.low == low && this.port == port && this.high == high && this.socket == socket;
    }

    @Override
    public Object host() {
        return HostKey.of(address.getAddress());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof UdpPeer peer
                        && is(peer.socket, peer.high, peer.low, peer.port));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return HostKey.text(address);
    }
}
