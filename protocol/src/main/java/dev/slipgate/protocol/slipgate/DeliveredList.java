package dev.slipgate.protocol.slipgate;

import java.util.Arrays;

/**
 * Messages that an ACK brought home, until the listener can be told: it may close the session,
 * which must not happen in the midst of taking the ACK. Bounded by what one ACK covers.
 */
final class DeliveredList {
    private int[] channels = new int[16];
    private long[] numbers = new long[16];
    private int count;

    void add(int channel, long number) {
        if (count == channels.length) {
            channels = Arrays.copyOf(channels, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        channels[count] = channel;
        numbers[count++] = number;
    }

    int count() {
        return count;
    }

    int channel(int index) {
        return channels[index];
    }

    long number(int index) {
        return numbers[index];
    }

    void clear() {
        count = 0;
    }
}
