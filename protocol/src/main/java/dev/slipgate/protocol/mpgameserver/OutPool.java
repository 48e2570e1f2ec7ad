package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.memory.BytePool;
import java.util.ArrayDeque;

/**
 * The outgoing messages and parts that are not in use, of all sessions of one endpoint, so that
 * sending costs no garbage. Confined to the endpoint's thread. What exceeds its bound is left to
 * the collector.
 */
final class OutPool {
    private static final int MAX_IDLE = 16 * 1024;

    private final ArrayDeque<OutMessage> messages = new ArrayDeque<>();
    private final ArrayDeque<OutPart> parts = new ArrayDeque<>();
    private final BytePool bytes;

    OutPool(BytePool bytes) {
        this.bytes = bytes;
    }

    /** A message with a copy of these bytes; everything else about it is the caller's to set. */
    OutMessage message(byte[] source, int offset, int length) {
        OutMessage message = messages.isEmpty() ? new OutMessage() : messages.removeLast();
        message.nextPart = 0;
        message.partsDone = 0;
        message.bestEffort = false;
        message.next = null;
        fill(message, source, offset, length);
        return message;
    }

    /** Replaces what the message says. */
    void refill(OutMessage message, byte[] source, int offset, int length) {
        bytes.give(message.bytes);
        fill(message, source, offset, length);
    }

    private void fill(OutMessage message, byte[] source, int offset, int length) {
        byte[] copy = bytes.take(length);
        System.arraycopy(source, offset, copy, 0, length);
        message.bytes = copy;
        message.length = length;
    }

    void release(OutMessage message) {
        bytes.give(message.bytes);
        message.clear();
        if (messages.size() < MAX_IDLE) {
            messages.addLast(message);
        }
    }

    OutPart part(OutMessage message, int index) {
        OutPart part = parts.isEmpty() ? new OutPart() : parts.removeLast();
        part.message = message;
        part.index = index;
        return part;
    }

    void release(OutPart part) {
        part.message = null;
        part.nextLost = null;
        part.nextResend = null;
        if (parts.size() < MAX_IDLE) {
            parts.addLast(part);
        }
    }
}
