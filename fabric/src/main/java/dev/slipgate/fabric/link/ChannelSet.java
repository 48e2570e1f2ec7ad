package dev.slipgate.fabric.link;

/** A set of channels, 0 to 255. Confined to one thread. */
public final class ChannelSet {
    private long low;
    private long second;
    private long third;
    private long high;

    public void add(int channel) {
        long bit = 1L << channel;
        switch (channel >> 6) {
            case 0 -> low |= bit;
            case 1 -> second |= bit;
            case 2 -> third |= bit;
            default -> high |= bit;
        }
    }

    public void remove(int channel) {
        long bit = ~(1L << channel);
        switch (channel >> 6) {
            case 0 -> low &= bit;
            case 1 -> second &= bit;
            case 2 -> third &= bit;
            default -> high &= bit;
        }
    }

    /** The lowest channel in the set, or -1 when it is empty. */
    public int first() {
        if (low != 0) {
            return Long.numberOfTrailingZeros(low);
        }
        if (second != 0) {
            return 64 + Long.numberOfTrailingZeros(second);
        }
        if (third != 0) {
            return 128 + Long.numberOfTrailingZeros(third);
        }
        return high != 0 ? 192 + Long.numberOfTrailingZeros(high) : -1;
    }
}
