package dev.slipgate.fabric.gateway;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.MessageCost;
import java.util.Arrays;

/**
 * Messages that wait, first in first out, without an object for each. Its bound is its owner's.
 * Confined to the lane's thread.
 */
final class MessageRing {
    private static final int MIN_CAPACITY = 8;
    private static final byte[] NOTHING = {};

    private byte[][] messages = {};
    private int[] lengths = {};
    private long[] numbers = {};
    private byte[] channels = {};
    private byte[] modes = {};
    private int head;
    private int size;
    private long costBytes;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** What is in here, each message at its cost. */
    long costBytes() {
        return costBytes;
    }

    /** Adds a message; the array is the ring's until it is removed. */
    void add(int channel, Delivery delivery, long number, byte[] owned, int length) {
        if (size == messages.length) {
            grow();
        }
        int at = head + size++ & messages.length - 1;
        messages[at] = owned;
        lengths[at] = length;
        numbers[at] = number;
        channels[at] = (byte) channel;
        modes[at] = (byte) delivery.ordinal();
        costBytes += MessageCost.of(length);
    }

    /** Takes out the first message; its array is the caller's. */
    byte[] remove() {
        byte[] message = messages[head];
        messages[head] = NOTHING;
        costBytes -= MessageCost.of(lengths[head]);
        head = head + 1 & messages.length - 1;
        size--;
        return message;
    }

    int channel() {
        return channels[head] & 0xff;
    }

    Delivery delivery() {
        return Delivery.of(modes[head]);
    }

    long number() {
        return numbers[head];
    }

    byte[] bytes() {
        return messages[head];
    }

    int length() {
        return lengths[head];
    }

    private void grow() {
        int old = messages.length;
        int capacity = Math.max(MIN_CAPACITY, old * 2);
        messages = Arrays.copyOf(messages, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        numbers = Arrays.copyOf(numbers, capacity);
        channels = Arrays.copyOf(channels, capacity);
        modes = Arrays.copyOf(modes, capacity);
        // What lay before the head goes behind the old end: the ring is twice as long now.
        System.arraycopy(messages, 0, messages, old, head);
        System.arraycopy(lengths, 0, lengths, old, head);
        System.arraycopy(numbers, 0, numbers, old, head);
        System.arraycopy(channels, 0, channels, old, head);
        System.arraycopy(modes, 0, modes, old, head);
    }
}
