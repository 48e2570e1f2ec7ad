package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.memory.BytePool;
import java.util.ArrayDeque;

/**
 * The outgoing messages that are not in use, of all sessions of one endpoint, so that sending costs
 * no garbage. What exceeds its bound is left to the collector.
 */
final class OutMessages {
    private static final int MAX_IDLE = 16 * 1024;

    private final ArrayDeque<OutMessage> idle = new ArrayDeque<>();
    private final BytePool pool;
    private long serials;

    OutMessages(BytePool pool) {
        this.pool = pool;
    }

    /** A message with a copy of these bytes; channel, mode and number are the caller's to set. */
    OutMessage take(byte[] source, int offset, int length, long nowNs) {
        OutMessage message = idle.isEmpty() ? new OutMessage() : idle.removeLast();
        message.reset(++serials);
        message.bytes = pool.take(length);
        message.length = length;
        message.queuedNs = nowNs;
        System.arraycopy(source, offset, message.bytes, 0, length);
        return message;
    }

    /** Gives a message back; parts of it that are still under way are forgotten. */
    void give(OutMessage message) {
        pool.give(message.bytes);
        message.clear();
        if (idle.size() < MAX_IDLE) {
            idle.addLast(message);
        }
    }
}
