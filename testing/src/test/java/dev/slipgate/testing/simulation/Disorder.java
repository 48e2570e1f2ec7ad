package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.slipgate.CarrierKind;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What befalls a world beside what its paths do to packets: addresses change, paths narrow, packets
 * are replayed, sessions end before their time.
 */
final class Disorder {
    private static final int NARROWEST_BYTES = 100;
    private static final int WIDEST_BYTES = 500;
    private static final long SILENCE_MEAN_NS = 10 * Agenda.SECOND;
    private static final long CLOSING_REPLAYS_NS = 5 * Agenda.SECOND;
    private static final long REPLAY_MEAN_NS = 60 * Agenda.MS;

    private final World world;
    private final Agenda agenda;
    private final SplittableRandom random;
    private long replaysUntilNs = Long.MAX_VALUE;

    Disorder(World world, SplittableRandom random) {
        this.world = world;
        this.agenda = world.agenda();
        this.random = random;
    }

    void begin(List<Player> players) {
        for (Player each : players) {
            if (each.kind() == CarrierKind.DATAGRAM) {
                rebindLater(each);
                narrowLater(each);
                silenceLater(each);
            } else {
                stallLater(each);
            }
        }
        replayLater();
        for (int i = 0; i < world.plan().disruptions(); i++) {
            Player player = players.get(random.nextInt(players.size()));
            agenda.after(random.nextLong(5, 50) * Agenda.SECOND, () -> disrupt(player));
        }
    }

    /**
     * Sessions are being closed. Soon no packet is brought again: those that were lost the first
     * time would keep a session alive whose client is gone.
     */
    void onClosing() {
        replaysUntilNs = agenda.nowNs() + CLOSING_REPLAYS_NS;
    }

    private long around(long meanNs) {
        return meanNs / 2 + random.nextLong(meanNs);
    }

    private void rebindLater(Player player) {
        agenda.after(
                around(world.plan().rebindMeanMs() * Agenda.MS),
                () -> {
                    world.rebind((DatagramClient) player.machine());
                    rebindLater(player);
                });
    }

    private void narrowLater(Player player) {
        agenda.after(
                around(world.plan().narrowMeanMs() * Agenda.MS),
                () -> {
                    int bytes = random.nextInt(NARROWEST_BYTES, WIDEST_BYTES);
                    long forNs = random.nextLong(300, 1_200) * Agenda.MS;
                    ((DatagramClient) player.machine()).narrow(bytes, forNs);
                    narrowLater(player);
                });
    }

    /** Less than what ends a session, and often in one direction only: acks fail to come. */
    private void silenceLater(Player player) {
        agenda.after(
                around(SILENCE_MEAN_NS),
                () -> {
                    long upNs = random.nextInt(3) == 0 ? silenceNs() : 0;
                    long downNs = random.nextInt(3) > 0 ? silenceNs() : 0;
                    ((DatagramClient) player.machine()).cutOff(upNs, downNs);
                    silenceLater(player);
                });
    }

    private long silenceNs() {
        return random.nextLong(200, world.plan().bulk() ? 5_000 : 2_000) * Agenda.MS;
    }

    private void stallLater(Player player) {
        agenda.after(
                around(10 * Agenda.SECOND),
                () -> {
                    long forNs = random.nextLong(100, 2_000) * Agenda.MS;
                    ((StreamClient) player.machine()).stall(forNs);
                    stallLater(player);
                });
    }

    private void replayLater() {
        agenda.after(
                around(REPLAY_MEAN_NS),
                () -> {
                    if (agenda.nowNs() < replaysUntilNs) {
                        world.wiretap().replay();
                        replayLater();
                    }
                });
    }

    private void disrupt(Player player) {
        world.totals().add("sessions disrupted", 1);
        if (player.kind() == CarrierKind.STREAM) {
            player.disturb();
            ((StreamClient) player.machine()).cut();
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> player.abandon();
            case 1 -> player.overlap();
            case 2 -> world.restartGateway();
            default -> {
                player.disturb();
                long idleNs = world.plan().idleTimeoutMs() * Agenda.MS;
                long forNs = idleNs + 2 * Agenda.SECOND;
                ((DatagramClient) player.machine()).cutOff(forNs, forNs);
            }
        }
    }
}
