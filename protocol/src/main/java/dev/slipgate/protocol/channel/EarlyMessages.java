package dev.slipgate.protocol.channel;

import java.util.Arrays;

/**
 * Messages of an ordered channel that came before their predecessors: a heap by number, so that it
 * takes memory for what is in it, however far ahead a hostile sender's numbers are. Confined to one
 * thread.
 */
final class EarlyMessages {
    private static final int MIN_CAPACITY = 8;
    private static final byte[] NOTHING = {};

    private long[] numbers = {};
    private int[] lengths = {};
    private byte[][] messages = {};
    private int size;

    /** The lowest number in here, or 0 when it is empty. */
    long firstNumber() {
        return size == 0 ? 0 : numbers[0];
    }

    /** The length of the message with the lowest number. */
    int firstLength() {
        return lengths[0];
    }

    /** Adds a message whose number is not in here. */
    void add(long number, byte[] message, int length) {
        if (size == numbers.length) {
            grow();
        }
        int hole = size++;
        while (hole > 0 && numbers[(hole - 1) / 2] > number) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        put(hole, number, message, length);
    }

    /** Takes out the message with the lowest number; it must not be empty. */
    byte[] removeFirst() {
        byte[] first = messages[0];
        int last = --size;
        long number = numbers[last];
        int hole = 0;
        for (int child = 1; child < last; child = 2 * hole + 1) {
            if (child + 1 < last && numbers[child + 1] < numbers[child]) {
                child++;
            }
            if (numbers[child] >= number) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        put(hole, number, messages[last], lengths[last]);
        messages[last] = NOTHING;
        return first;
    }

    private void move(int from, int to) {
        put(to, numbers[from], messages[from], lengths[from]);
    }

    private void put(int at, long number, byte[] message, int length) {
        numbers[at] = number;
        messages[at] = message;
        lengths[at] = length;
    }

    private void grow() {
        int capacity = Math.max(MIN_CAPACITY, size * 2);
        numbers = Arrays.copyOf(numbers, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        messages = Arrays.copyOf(messages, capacity);
    }
}
