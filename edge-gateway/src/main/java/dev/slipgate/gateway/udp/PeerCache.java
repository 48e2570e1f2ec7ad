package dev.slipgate.gateway.udp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The peers seen last, one per slot: a known peer costs no object per datagram, and finding its
 * session compares references. A stranger that falls on a taken slot replaces it, which costs its
 * former owner one object. Confined to a loop.
 */
final class PeerCache {
    /** Slots, a power of two; chosen so that some thousand live peers rarely meet. */
    static final int SLOTS = 8192;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final @Nullable UdpPeer[] slots = new UdpPeer[SLOTS];

    /** The peer that sends from this address to this socket. */
    UdpPeer peerOf(UdpSocket socket, InetSocketAddress sender) {
        byte[] raw = sender.getAddress().getAddress();
        boolean v4 = raw.length == Integer.BYTES;
        long high = v4 ? 0 : (long) LONG.get(raw, 0);
        long low = v4 ? (int) INT.get(raw, 0) : (long) LONG.get(raw, Long.BYTES);
        int port = sender.getPort();
        int hash = UdpPeer.hash(high, low, port);
        int slot = hash & (SLOTS - 1);
        UdpPeer cached = slots[slot];
        if (cached != null && cached.is(socket, high, low, port)) {
            return cached;
        }
        var fresh = new UdpPeer(socket, sender, high, low, hash);
        slots[slot] = fresh;
        return fresh;
    }
}
