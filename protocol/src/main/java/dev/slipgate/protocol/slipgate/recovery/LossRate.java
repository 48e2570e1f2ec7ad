package dev.slipgate.protocol.slipgate.recovery;

/** The part of the packets of late that was lost: a mean that fades by 1/64 per packet. */
final class LossRate {
    /** Chosen so that one loss shows, and is gone from the figure after some hundred packets. */
    private static final double FADE = 1.0 / 64;

    private double ratio;

    /** Takes packets whose fate is known, {@code lost} of {@code settled}. */
    void add(long settled, long lost) {
        if (settled <= 0) {
            return;
        }
        double part = (double) lost / settled;
        double fade = settled == 1 ? FADE : 1 - Math.pow(1 - FADE, (double) settled);
        ratio += (part - ratio) * fade;
    }

    /** 0 to 1; 0 before the first packet. */
    double ratio() {
        return ratio;
    }
}
