package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.slipgate.SlipgateSettings;
import dev.slipgate.testing.fault.FaultPlan;
import dev.slipgate.testing.fault.FaultRates;
import java.util.SplittableRandom;

/**
 * What a seed draws before its world begins. Every kind of fault is in every plan; what differs is
 * how much of each.
 *
 * @param datagramClients 1 to 3
 * @param streamClients 0 or 1
 * @param faults of the datagram paths
 * @param rebindMeanMs how often a client's address changes, on average
 * @param narrowMeanMs how often a path lets nothing large through for a while, on average
 * @param messagesPerApp what each end sends
 * @param largestMessageBytes of all sides
 * @param creditBytes of all sides
 * @param outboxBytes of all ends
 * @param cookies whether the gateway asks for cookies from the first INIT on
 * @param disruptions sessions that end before their time, and go on as others
 */
record SeedPlan(
        long seed,
        int datagramClients,
        int streamClients,
        FaultPlan faults,
        int rebindMeanMs,
        int narrowMeanMs,
        int messagesPerApp,
        int largestMessageBytes,
        int creditBytes,
        int outboxBytes,
        SlipgateSettings settings,
        int idleTimeoutMs,
        boolean cookies,
        int disruptions) {
    static final int MESSAGES = 2000;

    /** One seed in ten: enough for one session's packets to outgrow the replay window. */
    private static final int DENSE_MESSAGES = 6_000;

    static final int TRAFFIC_MS = 60_000;

    static SeedPlan of(long seed) {
        var random = new SplittableRandom(seed);
        boolean dense = random.nextInt(10) == 0;
        int datagramClients = dense || random.nextInt(10) < 6 ? 1 : 1 + random.nextInt(3);
        int streamClients = !dense && random.nextInt(4) == 0 ? 1 : 0;
        int messages = dense ? DENSE_MESSAGES : MESSAGES + random.nextInt(400);
        int apps = 2 * (datagramClients + streamClients);
        int largest = (int) logUniform(random, 2_000, 24_000);
        var up = rates(random);
        var down = rates(random);
        return new SeedPlan(
                seed,
                datagramClients,
                streamClients,
                new FaultPlan(random.nextLong(), up, down, 0, 0),
                3_000 + random.nextInt(15_000),
                2_000 + random.nextInt(4_000),
                messages / apps + 1,
                largest,
                (largest + 64) * (1 + random.nextInt(6)),
                (largest + 64) * (1 + random.nextInt(12)),
                settings(random, largest),
                12_000 + random.nextInt(8_000),
                random.nextInt(3) == 0,
                !dense && random.nextInt(5) < 2 ? 1 + random.nextInt(2) : 0);
    }

    private static SlipgateSettings settings(SplittableRandom random, int largest) {
        SlipgateSettings settings = SlipgateSettings.defaults();
        return new SlipgateSettings(
                (largest + 64) * (1 + random.nextInt(4)),
                4_096 + random.nextInt(60_000),
                settings.unreliableStaleNs(),
                settings.ackDelayNs(),
                Agenda.MS * (100 + random.nextInt(2_000)),
                random.nextBoolean() ? "" : "0123");
    }

    private static FaultRates rates(SplittableRandom random) {
        return new FaultRates(
                logUniform(random, 0.005, 0.12),
                logUniform(random, 0.005, 0.08),
                logUniform(random, 0.005, 0.10),
                20 + random.nextInt(120),
                1 + random.nextInt(60),
                1 + random.nextInt(25),
                logUniform(random, 0.003, 0.04));
    }

    static double logUniform(SplittableRandom random, double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }
}
