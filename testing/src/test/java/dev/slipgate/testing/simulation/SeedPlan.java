package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.slipgate.SlipgateSettings;
import dev.slipgate.testing.fault.FaultPlan;
import dev.slipgate.testing.fault.FaultRates;
import java.util.SplittableRandom;

/**
 * What a seed draws before its world begins. Every kind of fault is in every plan; what differs is
 * how much of each.
 *
 * @param bulk one seed in ten: one client on a good path that has so much to send that its packets
 *     outgrow the replay window, and run far ahead of what is acknowledged
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
        boolean bulk,
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

    /** So long that a silence, a narrow path and lost probes in a row do not end a session. */
    private static final int IDLE_LEAST_MS = 25_000;

    private static final int MESSAGE_COST_BYTES = 64;
    private static final int BULK_MESSAGE_BYTES = 24_000;
    private static final int BULK_BYTES = 600_000;

    static final int TRAFFIC_MS = 60_000;

    static SeedPlan of(long seed) {
        var random = new SplittableRandom(seed);
        return random.nextInt(10) == 0 ? bulk(seed, random) : mixed(seed, random);
    }

    private static SeedPlan mixed(long seed, SplittableRandom random) {
        int datagramClients = random.nextInt(10) < 6 ? 1 : 1 + random.nextInt(3);
        int streamClients = random.nextInt(4) == 0 ? 1 : 0;
        int largest = (int) logUniform(random, 2_000, 24_000);
        int cost = largest + MESSAGE_COST_BYTES;
        return new SeedPlan(
                seed,
                false,
                datagramClients,
                streamClients,
                new FaultPlan(random.nextLong(), rates(random, 1), rates(random, 1), 0, 0),
                3_000 + random.nextInt(15_000),
                2_000 + random.nextInt(4_000),
                (MESSAGES + random.nextInt(400)) / (2 * (datagramClients + streamClients)) + 1,
                largest,
                cost * (1 + random.nextInt(6)),
                cost * (1 + random.nextInt(12)),
                settings(random, cost * (1 + random.nextInt(4))),
                IDLE_LEAST_MS + random.nextInt(15_000),
                random.nextInt(3) == 0,
                random.nextInt(5) < 2 ? 1 + random.nextInt(2) : 0);
    }

    private static SeedPlan bulk(long seed, SplittableRandom random) {
        return new SeedPlan(
                seed,
                true,
                1,
                0,
                new FaultPlan(random.nextLong(), rates(random, 0.2), rates(random, 0.2), 0, 0),
                10_000 + random.nextInt(20_000),
                8_000 + random.nextInt(8_000),
                MESSAGES / 2 + 1,
                BULK_MESSAGE_BYTES,
                BULK_BYTES,
                BULK_BYTES,
                settings(random, BULK_BYTES),
                IDLE_LEAST_MS,
                false,
                0);
    }

    private static SlipgateSettings settings(SplittableRandom random, int sendQueueBytes) {
        SlipgateSettings settings = SlipgateSettings.defaults();
        return new SlipgateSettings(
                sendQueueBytes,
                4_096 + random.nextInt(60_000),
                settings.unreliableStaleNs(),
                settings.ackDelayNs(),
                Agenda.MS * (100 + random.nextInt(2_000)),
                random.nextBoolean() ? "" : "0123");
    }

    /** Of a path that is so bad: 1 is bad. */
    private static FaultRates rates(SplittableRandom random, double badness) {
        return new FaultRates(
                badness * logUniform(random, 0.005, 0.12 * badness),
                badness * logUniform(random, 0.005, 0.08 * badness),
                badness * logUniform(random, 0.005, 0.10 * badness),
                20 + random.nextInt(120),
                1 + random.nextInt(60),
                1 + random.nextInt(25),
                badness * logUniform(random, 0.005, 0.04 * badness));
    }

    static double logUniform(SplittableRandom random, double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }
}
