package dev.slipgate.gateway.udp;

import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of one carrier that may be on their way at once; confined to its loop. The bound is
 * what the carrier may hold back while the kernel takes nothing.
 */
final class OutgoingPool {
    /** Datagrams on their way at once, at most. */
    static final int MAX_DATAGRAMS = 512;

    private final ByteBufAllocator allocator;
    private final int datagramBytes;
    private final OutgoingDatagram[] free = new OutgoingDatagram[MAX_DATAGRAMS];
    private int freeCount;
    private int madeCount;
    private boolean closed;

    OutgoingPool(ByteBufAllocator allocator, int datagramBytes) {
        this.allocator = allocator;
        this.datagramBytes = datagramBytes;
    }

    /** A datagram to fill, or null when all are on their way. */
    @Nullable OutgoingDatagram tryTake() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (madeCount == MAX_DATAGRAMS || closed) {
            return null;
        }
        madeCount++;
        return new OutgoingDatagram(allocator.directBuffer(datagramBytes, datagramBytes), this);
    }

    void give(OutgoingDatagram datagram) {
        if (closed) {
            datagram.free();
            madeCount--;
        } else {
            free[freeCount++] = datagram;
        }
    }

    /** Frees all, those on their way when they come back. */
    void close() {
        closed = true;
        while (freeCount > 0) {
            free[--freeCount].free();
            madeCount--;
        }
    }
}
