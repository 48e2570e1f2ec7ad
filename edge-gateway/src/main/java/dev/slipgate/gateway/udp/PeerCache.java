package dev.slipgate.gateway.udp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The peers seen last, one per slot: a known peer costs no object per datagram, and finding its
 * session compares references. A stranger that falls on a taken slot replaces it, which costs its
 * former owner one object. Confined to a loop.
 */
final class PeerCache {
    /** Slots, a power of two; chosen so that some thousand live peers rarely meet. */
    static final int SLOTS = 8192;

    private final @Nullable UdpPeer[] slots = new UdpPeer[SLOTS];

    /**
     * The peer that sends from this address to this socket. A known one is found without a look at
     * the address's bytes, of which the JDK makes a copy each time.
     */
    UdpPeer peerOf(UdpSocket socket, InetSocketAddress sender) {
        int slot = UdpPeer.hash(0, sender.getAddress().hashCode(), sender.getPort()) & (SLOTS - 1);
        UdpPeer cached = slots[slot];
        if (cached != null && cached.socket == socket && cached.address.equals(sender)) {
            return cached;
        }
        UdpPeer fresh = peer(socket, sender);
        slots[slot] = fresh;
        return fresh;
    }

    private static UdpPeer peer(UdpSocket socket, InetSocketAddress sender) {
        byte[] raw = sender.getAddress().getAddress();
        boolean v4 = raw.length == Integer.BYTES;
        long high = v4 ? 0 : word(raw, 0, Long.BYTES);
        long low = v4 ? word(raw, 0, Integer.BYTES) : word(raw, Long.BYTES, Long.BYTES);
        return new UdpPeer(socket, sender, high, low, UdpPeer.hash(high, low, sender.getPort()));
    }

    private static long word(byte[] raw, int offset, int length) {
        long word = 0;
        for (int i = offset; i < offset + length; i++) {
            word = (word << Byte.SIZE) | (raw[i] & 0xffL);
        }
        return word;
    }
}
