package dev.slipgate.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What every client has sent and what came back: tells a first echo from a duplicate, a late one, a
 * changed one. A message is its client's number (8 bytes) and a filler that is checked. Fixed
 * memory; confined to one thread.
 */
final class EchoLedger {
    /** What an arrival is. */
    enum Arrival {
        ECHO,
        DUPLICATE,
        /** An echo of a message that was already given up as lost. */
        LATE,
        /** Not what was sent. */
        CHANGED
    }

    /** Messages per client whose fate is remembered; above any window. */
    static final int REMEMBERED = 64;

    /** Messages that a client may have on the way: what one packet of acks can tell of. */
    static final int MAX_WINDOW = 32;

    /** The number alone. */
    static final int MIN_MESSAGE_BYTES = Long.BYTES;

    /** After this long a message is lost. */
    static final long LOST_AFTER_NS = 1_000_000_000L;

    private static final long ANSWERED = Long.MIN_VALUE;
    private static final long LOST = Long.MIN_VALUE + 1;

    private final byte[] message;
    private final ByteBuffer messageView;
    private final long[] nextNumber;
    private final int[] outstanding;
    private final long[] sentAtNs;
    private long lastRttNs;

    EchoLedger(int clients, int messageBytes) {
        if (messageBytes < MIN_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    messageBytes + " bytes per message, least is " + MIN_MESSAGE_BYTES);
        }
        message = new byte[messageBytes];
        Arrays.fill(message, (byte) 0x5A);
        messageView = ByteBuffer.wrap(message);
        nextNumber = new long[clients];
        outstanding = new int[clients];
        sentAtNs = new long[clients * REMEMBERED];
        Arrays.fill(sentAtNs, ANSWERED);
    }

    /** Messages of a client that are on the way. */
    int outstanding(int client) {
        return outstanding[client];
    }

    /** The next message of a client; the array is reused. It counts from {@link #sent} on. */
    byte[] next(int client) {
        messageView.putLong(0, nextNumber[client]);
        return message;
    }

    /**
     * Enters the message of {@link #next} as sent.
     *
     * @param dueNs when it should have left; its round trip counts from there
     */
    void sent(int client, long dueNs) {
        sentAtNs[slot(client, nextNumber[client]++)] = dueNs;
        outstanding[client]++;
    }

    /** Enters an arrival. */
    Arrival arrived(int client, byte[] bytes, int offset, int length, long nowNs) {
        if (!intact(bytes, offset, length)) {
            return Arrival.CHANGED;
        }
        long number = ByteBuffer.wrap(bytes, offset, Long.BYTES).getLong();
        long age = nextNumber[client] - number;
        if (age <= 0) {
            return Arrival.CHANGED;
        }
        int slot = slot(client, number);
        if (age > REMEMBERED || sentAtNs[slot] == ANSWERED) {
            return Arrival.DUPLICATE;
        }
        long sentNs = sentAtNs[slot];
        sentAtNs[slot] = ANSWERED;
        if (sentNs == LOST) {
            return Arrival.LATE;
        }
        outstanding[client]--;
        lastRttNs = nowNs - sentNs;
        return Arrival.ECHO;
    }

    /** The round trip of the last {@link Arrival#ECHO}. */
    long lastRttNs() {
        return lastRttNs;
    }

    /** Gives up what has been on the way for too long; how many messages that were. */
    int expire(int client, long nowNs) {
        if (outstanding[client] == 0) {
            return 0;
        }
        int expired = 0;
        for (int slot = client * REMEMBERED; slot < (client + 1) * REMEMBERED; slot++) {
            if (sentAtNs[slot] > LOST && nowNs - sentAtNs[slot] > LOST_AFTER_NS) {
                sentAtNs[slot] = LOST;
                expired++;
            }
        }
        outstanding[client] -= expired;
        return expired;
    }

    private boolean intact(byte[] bytes, int offset, int length) {
        return length == message.length
                && Arrays.equals(
                        bytes,
                        offset + Long.BYTES,
                        offset + length,
                        message,
                        Long.BYTES,
                        message.length);
    }

    private static int slot(int client, long number) {
        return client * REMEMBERED + (int) (number % REMEMBERED);
    }
}
