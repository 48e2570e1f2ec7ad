package dev.slipgate.protocol.channel;

/** A set of channels, 0 to 255. Confined to one thread. */
public final class ChannelSet {
    private static final int WORDS = 4;

    private long low;
    private long second;
    private long third;
    private long high;

    public void add(int channel) {
        set(channel >> 6, word(channel >> 6) | 1L << channel);
    }

    public void remove(int channel) {
        set(channel >> 6, word(channel >> 6) & ~(1L << channel));
    }

    public boolean contains(int channel) {
        return (word(channel >> 6) & 1L << channel) != 0;
    }

    /** The lowest channel in the set, or -1 when it is empty. */
    public int first() {
        for (int index = 0; index < WORDS; index++) {
            long word = word(index);
            if (word != 0) {
                return 64 * index + Long.numberOfTrailingZeros(word);
            }
        }
        return -1;
    }

    /** The lowest channel above {@code channel}, else the lowest of all, or -1 when it is empty. */
    public int nextAfter(int channel) {
        int from = channel + 1;
        for (int index = from >> 6; index < WORDS; index++) {
            long word = word(index);
            if (index == from >> 6) {
                word &= -1L << from;
            }
            if (word != 0) {
                return 64 * index + Long.numberOfTrailingZeros(word);
            }
        }
        return first();
    }

    private long word(int index) {
        return switch (index) {
            case 0 -> low;
            case 1 -> second;
            case 2 -> third;
            default -> high;
        };
    }

    private void set(int index, long word) {
        switch (index) {
            case 0 -> low = word;
            case 1 -> second = word;
            case 2 -> third = word;
            default -> high = word;
        }
    }
}
