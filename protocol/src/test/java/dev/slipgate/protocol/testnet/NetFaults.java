package dev.slipgate.protocol.testnet;

/**
 * What a {@link TestNetwork} does to packets.
 *
 * @param loss part of the packets that vanish, 0 to 1
 * @param duplication part that come twice
 * @param corruption part of which one bit is flipped
 * @param delayNs how long each travels
 * @param jitterNs up to this much longer, so that later ones overtake
 */
public record NetFaults(
        double loss, double duplication, double corruption, long delayNs, long jitterNs) {
    private static final long MS = 1_000_000L;

    /** Nothing goes wrong, 5 ms each way. */
    public static final NetFaults NONE = new NetFaults(0, 0, 0, 5 * MS, 0);

    /** A bad day: 10 % lost, 5 % twice, 10 to 40 ms. */
    public static final NetFaults BAD = new NetFaults(0.1, 0.05, 0, 10 * MS, 30 * MS);

    public NetFaults withLoss(double newLoss) {
        return new NetFaults(newLoss, duplication, corruption, delayNs, jitterNs);
    }

    public NetFaults withCorruption(double newCorruption) {
        return new NetFaults(loss, duplication, newCorruption, delayNs, jitterNs);
    }

    public NetFaults withDelayNs(long newDelayNs) {
        return new NetFaults(loss, duplication, corruption, newDelayNs, jitterNs);
    }
}
