package dev.slipgate.benchmarks.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array of {@code struct mmsghdr} with a buffer, a peer address and an IP_PKTINFO control
 * message each: {@link #CAPACITY} datagrams for one call. Off heap; confined to one thread.
 */
final class MessageBatch {
    static final int CAPACITY = 64;

    private static final int HEADER_BYTES = 64;
    private static final int NAME_AT = 0;
    private static final int NAME_LENGTH_AT = 8;
    private static final int IOV_AT = 16;
    private static final int IOV_COUNT_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int RECEIVED_LENGTH_AT = 56;

    private static final int NAME_BYTES = 16;
    private static final int IOV_BYTES = 16;

    /** CMSG_SPACE of struct in_pktinfo. */
    private static final int CONTROL_BYTES = 32;

    /** CMSG_LEN of struct in_pktinfo. */
    private static final int CONTROL_LENGTH = 28;

    /** From the control message's start to in_pktinfo's local address: source when sending. */
    private static final int SOURCE_AT = 20;

    /**
     * From the control message's start to in_pktinfo's header address: where a datagram came to.
     */
    private static final int DESTINATION_AT = 24;

    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final short AF_INET = 2;
    private static final boolean SWAPS = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment vectors;
    private final MemorySegment controls;
    private final MemorySegment data;

    MessageBatch(Arena arena) {
        headers = arena.allocate((long) CAPACITY * HEADER_BYTES, 64);
        names = arena.allocate((long) CAPACITY * NAME_BYTES, 8);
        vectors = arena.allocate((long) CAPACITY * IOV_BYTES, 8);
        controls = arena.allocate((long) CAPACITY * CONTROL_BYTES, 8);
        data = arena.allocate((long) CAPACITY * ClientSockets.MAX_DATAGRAM_BYTES, 64);
        for (int i = 0; i < CAPACITY; i++) {
            link(i);
        }
    }

    private void link(int i) {
        long header = (long) i * HEADER_BYTES;
        long vector = (long) i * IOV_BYTES;
        long buffer = (long) i * ClientSockets.MAX_DATAGRAM_BYTES;
        headers.set(ADDRESS, header + NAME_AT, names.asSlice((long) i * NAME_BYTES));
        headers.set(ADDRESS, header + IOV_AT, vectors.asSlice(vector));
        headers.set(JAVA_LONG, header + IOV_COUNT_AT, 1L);
        headers.set(ADDRESS, header + CONTROL_AT, controls.asSlice((long) i * CONTROL_BYTES));
        vectors.set(ADDRESS, vector, data.asSlice(buffer));
        prepareToReceive(i);
    }

    /** Puts back the lengths that the kernel overwrites when it receives. */
    void prepareToReceive(int i) {
        long header = (long) i * HEADER_BYTES;
        headers.set(JAVA_INT, header + NAME_LENGTH_AT, NAME_BYTES);
        headers.set(JAVA_LONG, header + CONTROL_LENGTH_AT, CONTROL_BYTES);
        vectors.set(JAVA_LONG, (long) i * IOV_BYTES + 8, ClientSockets.MAX_DATAGRAM_BYTES);
    }

    /** Makes every message go to {@code peer}; then only source and data change. */
    void prepareToSend(InetSocketAddress peer) {
        int host =
                ByteBuffer.wrap(peer.getAddress().getAddress())
                        .order(ByteOrder.nativeOrder())
                        .getInt();
        for (int i = 0; i < CAPACITY; i++) {
            long name = (long) i * NAME_BYTES;
            names.set(JAVA_SHORT, name, AF_INET);
            names.set(JAVA_BYTE, name + 2, (byte) (peer.getPort() >> 8));
            names.set(JAVA_BYTE, name + 3, (byte) peer.getPort());
            names.set(JAVA_INT, name + 4, host);
            long control = (long) i * CONTROL_BYTES;
            controls.set(JAVA_LONG, control, CONTROL_LENGTH);
            controls.set(JAVA_INT, control + 8, IPPROTO_IP);
            controls.set(JAVA_INT, control + 12, IP_PKTINFO);
            headers.set(JAVA_LONG, (long) i * HEADER_BYTES + CONTROL_LENGTH_AT, CONTROL_BYTES);
        }
    }

    /**
     * Fills message {@code i}.
     *
     * @param source the address that it leaves from, in network order
     */
    void put(int i, int source, byte[] bytes, int length) {
        controls.set(JAVA_INT, (long) i * CONTROL_BYTES + SOURCE_AT, source);
        MemorySegment.copy(
                bytes, 0, data, JAVA_BYTE, (long) i * ClientSockets.MAX_DATAGRAM_BYTES, length);
        vectors.set(JAVA_LONG, (long) i * IOV_BYTES + 8, length);
    }

    /** The address that received message {@code i} came to, in network order. */
    int destination(int i) {
        return controls.get(JAVA_INT, (long) i * CONTROL_BYTES + DESTINATION_AT);
    }

    /** Copies received message {@code i} out; its length. */
    int take(int i, byte[] into) {
        int length = headers.get(JAVA_INT, (long) i * HEADER_BYTES + RECEIVED_LENGTH_AT);
        MemorySegment.copy(
                data, JAVA_BYTE, (long) i * ClientSockets.MAX_DATAGRAM_BYTES, into, 0, length);
        return length;
    }

    /** An IPv4 address as it stands in memory in network order, or the other way round. */
    static int networkOrder(int host) {
        return SWAPS ? Integer.reverseBytes(host) : host;
    }

    /** The array from message {@code i} on, for a call. */
    MemorySegment from(int i) {
        return headers.asSlice((long) i * HEADER_BYTES);
    }
}
