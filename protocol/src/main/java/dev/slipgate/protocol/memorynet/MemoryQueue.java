package dev.slipgate.protocol.memorynet;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a path in memory: packets between two threads, bounded in bytes. Callbacks are
 * made outside of its lock, so that they may call it.
 */
final class MemoryQueue {
    /** What a queue holds: as much as a usual socket buffer. */
    static final int MAX_QUEUED_BYTES = 256 * 1024;

    /** What a packet costs beyond its bytes, so that empty ones are bounded too. */
    static final int PACKET_OVERHEAD_BYTES = 64;

    private final MemoryMode mode;
    private final ArrayDeque<byte[]> packets = new ArrayDeque<>();
    private volatile Runnable reader = MemoryQueue::callNobody;
    private volatile Runnable writer = MemoryQueue::callNobody;
    private int queuedBytes;
    private long refusedPackets;
    private boolean writerWaits;
    private boolean closed;

    MemoryQueue(MemoryMode mode) {
        this.mode = mode;
    }

    private static void callNobody() {}

    void readBy(Runnable onActivity) {
        reader = onActivity;
    }

    void writtenBy(Runnable onActivity) {
        writer = onActivity;
    }

    boolean tryAdd(byte[] bytes, int offset, int length) {
        if (length > mode.maxPacketBytes()) {
            throw new IllegalArgumentException(
                    "a packet of %d bytes; at most %d".formatted(length, mode.maxPacketBytes()));
        }
        boolean wasEmpty;
        synchronized (this) {
            if (closed || !hasRoom(length)) {
                refusedPackets++;
                writerWaits = !closed;
                return false;
            }
            wasEmpty = packets.isEmpty();
            packets.add(Arrays.copyOfRange(bytes, offset, offset + length));
            queuedBytes += length + PACKET_OVERHEAD_BYTES;
        }
        if (wasEmpty) {
            reader.run();
        }
        return true;
    }

    byte @Nullable [] poll() {
        byte[] packet;
        boolean room;
        synchronized (this) {
            packet = packets.poll();
            if (packet == null) {
                return null;
            }
            queuedBytes -= packet.length + PACKET_OVERHEAD_BYTES;
            // Half of it: a writer that is woken for each packet would only change threads.
            room = writerWaits && queuedBytes <= MAX_QUEUED_BYTES / 2;
            writerWaits &= !room;
        }
        if (room) {
            writer.run();
        }
        return packet;
    }

    synchronized boolean writable() {
        boolean room = !closed && hasRoom(mode.maxPacketBytes());
        writerWaits |= !room && !closed;
        return room;
    }

    synchronized boolean open() {
        return !closed;
    }

    synchronized long refusedPackets() {
        return refusedPackets;
    }

    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        reader.run();
        writer.run();
    }

    private boolean hasRoom(int length) {
        return queuedBytes + length + PACKET_OVERHEAD_BYTES <= MAX_QUEUED_BYTES;
    }
}
