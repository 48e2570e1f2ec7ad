package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.EndpointNet.CLIENT;
import static dev.slipgate.protocol.slipgate.EndpointNet.KEY;
import static dev.slipgate.protocol.slipgate.EndpointNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import dev.slipgate.protocol.testnet.NetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What strangers cost, and what they can make the gateway say. */
class StrangerFloodTest {
    private static final int FLOOD = 10_000;

    private static HandshakeLimits withoutCookies() {
        return HandshakeLimits.defaults().withCookieThreshold(Integer.MAX_VALUE);
    }

    private static EndpointNet with(HandshakeLimits limits) {
        return EndpointNet.datagrams(1, SlipgateServerConfig.defaults().withHandshakes(limits));
    }

    /** A second of first flights from as many addresses, each with bytes of its own. */
    private static void flood(EndpointNet net) {
        byte[] init = net.freshInit(KEY);
        var random = new Random(7);
        for (int i = 0; i < FLOOD; i++) {
            if (i % 100 == 0) {
                net.network.runFor(10 * MS);
            }
            byte[] copy = init.clone();
            for (int at = 44; at < 76; at++) {
                copy[at] = (byte) random.nextInt();
            }
            var from = new NetAddress("host" + random.nextInt(), i & 0xffff);
            net.gateway.onPacket(from, copy, net.nowNs());
        }
        net.answers();
    }

    @Test
    void withoutCookiesSlotsAndJobsStayWithinTheirBounds() {
        EndpointNet net = with(withoutCookies().withMax(300, 200).withComputed(100_000, 100_000));
        net.gateway.runsJobs = false;
        flood(net);
        assertThat(net.server().handshakeCount()).isEqualTo(200);
        assertThat(drainJobs(net)).hasSize(200);
        assertThat(net.dropped(DropReason.HANDSHAKE_CAP)).isEqualTo(FLOOD - 200);
    }

    private static List<Job> drainJobs(EndpointNet net) {
        var jobs = new ArrayList<Job>();
        Job job;
        while ((job = net.server().pollJob()) != null) {
            jobs.add(job);
        }
        return jobs;
    }

    @Test
    void handshakesAreComputedWithinTheBudget() {
        EndpointNet net = with(withoutCookies().withComputed(100, 50));
        flood(net);
        long computed = net.dropped(DropReason.BAD_TAG);
        assertThat(computed).isBetween(140L, 151L);
        assertThat(net.dropped(DropReason.HANDSHAKE_CAP)).isEqualTo(FLOOD - computed);
        assertThat(net.server().handshakeCount()).isZero();
    }

    @Test
    void withCookiesNothingIsComputedAndAGenuineClientConnects() {
        EndpointNet net = with(HandshakeLimits.defaults().withCookieThreshold(100));
        flood(net);
        assertThat(net.dropped(DropReason.COOKIE_NEEDED)).isEqualTo(FLOOD - 100);
        assertThat(net.dropped(DropReason.BAD_TAG)).isEqualTo(100);
        long beganNs = net.nowNs();
        net.connected(CLIENT, new Recorder());
        assertThat(net.nowNs() - beganNs).isLessThan(100 * MS);
    }

    @Test
    void whoHasProvenItselfDoesNotStandInTheWayOfOthers() {
        EndpointNet net = with(withoutCookies().withMax(2, 2));
        for (int i = 0; i < 6; i++) {
            net.connected(CLIENT.withPort(i), new Recorder());
        }
        assertThat(net.dropped(DropReason.HANDSHAKE_CAP)).isZero();
        byte[] first = net.sentBy(CLIENT.withPort(0)).getFirst();
        byte[] last = net.sentBy(CLIENT.withPort(5)).getFirst();
        assertThat(net.inject(CLIENT.withPort(5), last).getFirst())
                .as("kept")
                .isEqualTo(net.sentTo(CLIENT.withPort(5)).getFirst());
        assertThat(net.inject(CLIENT.withPort(0), first).getFirst())
                .as("gave way")
                .isNotEqualTo(net.sentTo(CLIENT.withPort(0)).getFirst());
    }

    @Test
    void aHostHasItsShareAndNoMore() {
        EndpointNet net = with(withoutCookies().withHostRate(10, 5).withComputed(100_000, 100_000));
        for (int i = 0; i < 20; i++) {
            net.inject(CLIENT.withPort(i), net.freshInit(KEY));
        }
        assertThat(net.server().handshakeCount()).isEqualTo(5);
        assertThat(net.dropped(DropReason.HANDSHAKE_RATE)).isEqualTo(15);
        net.inject(new NetAddress("another", 1), net.freshInit(KEY));
        assertThat(net.server().handshakeCount()).isEqualTo(6);
    }

    @Test
    void oneInitSaidOverAndOverDoesNotHoldItsSlot() {
        EndpointNet net = with(withoutCookies());
        byte[] init = net.freshInit(KEY);
        byte[] answer = net.inject(CLIENT, init).getFirst();
        for (int second = 1; second < 12; second++) {
            net.runFor(1_000 * MS);
            List<byte[]> again = net.inject(CLIENT, init);
            boolean sameAnswer =
                    again.size() == 1 && java.util.Arrays.equals(again.getFirst(), answer);
            if (!sameAnswer) {
                assertThat(second).isEqualTo(10);
                return;
            }
        }
        throw new AssertionError("held by being said again");
    }

    /** Whatever comes: to an address that has proven nothing, never more goes than came from it. */
    @Test
    void neverMoreGoesOutThanCameInBeforeTheProof() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            int threshold = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
            EndpointNet net = with(HandshakeLimits.defaults().withCookieThreshold(threshold));
            List<byte[]> seeds = packetsOfAHandshake(net);
            Map<NetAddress, Long> balance = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                byte[] packet = mutated(seeds.get(random.nextInt(seeds.size())), random);
                var from = new NetAddress("stranger", random.nextInt(5));
                if (random.nextInt(10) == 0) {
                    net.runFor(random.nextInt(2_000) * MS);
                }
                long out = net.inject(from, packet).stream().mapToLong(a -> a.length).sum();
                long left = balance.merge(from, packet.length - out, Long::sum);
                assertThat(left).as("seed %d, packet %d", seed, i).isNotNegative();
            }
        }
    }

    /** One of each that a stranger may send, sealed ones of no session included. */
    static List<byte[]> packetsOfAHandshake(EndpointNet net) {
        byte[] init = net.freshInit(KEY);
        byte[] response = net.inject(new NetAddress("somebody", 1), init).getFirst();
        byte[] sealed = new byte[40];
        sealed[0] = (byte) 0x83;
        return List.of(init, net.freshInit(KEY), response, sealed, new byte[] {1});
    }

    static byte[] mutated(byte[] packet, Random random) {
        byte[] copy = packet.clone();
        switch (random.nextInt(4)) {
            case 0 -> copy = java.util.Arrays.copyOf(packet, 1 + random.nextInt(packet.length));
            case 1 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy[random.nextInt(Math.min(copy.length, 76))] = (byte) random.nextInt();
            default -> {}
        }
        return copy;
    }
}
