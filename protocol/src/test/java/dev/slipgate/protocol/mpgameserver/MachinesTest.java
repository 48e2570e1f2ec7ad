package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.session.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The small machines of a session, each alone. */
class MachinesTest {
    private static final long MS = 1_000_000L;

    /** What became of packets, as text. */
    private static final class Fates implements SentPackets.Listener {
        final List<String> log = new ArrayList<>();

        @Override
        public void onPartAcked(int messageNumber, long nowNs) {
            log.add("acked " + messageNumber);
        }

        @Override
        public void onPartLost(int messageNumber, int packetNumber) {
            log.add("lost " + messageNumber + " of " + packetNumber);
        }
    }

    private final Fates fates = new Fates();
    private final RttEstimator rtt = new RttEstimator(0);
    private final SentPackets packets = new SentPackets(1, rtt, new DelayWindow(0));

    private int sendPacket(int message, long nowNs) {
        int packet = packets.begin(nowNs, fates);
        packets.measure(packet);
        packets.add(packet, message);
        return packet;
    }

    @Test
    void aPacketIsLostWhenThreeLaterOnesAreAcknowledged() {
        for (int i = 1; i <= 4; i++) {
            sendPacket(10 + i, i * MS);
        }
        packets.onAck(3, 0x80000000, 5 * MS, fates);
        assertThat(fates.log).containsExactly("acked 13", "acked 12");
        packets.onAck(4, 0xC0000000, 6 * MS, fates);
        assertThat(fates.log).containsExactly("acked 13", "acked 12", "acked 14", "lost 11 of 1");
    }

    @Test
    void aLateAcknowledgementOfALostPacketStillCounts() {
        sendPacket(11, 0);
        packets.onTimeout(2_000 * MS, fates);
        packets.onAck(1, 0, 2_100 * MS, fates);
        assertThat(fates.log).containsExactly("lost 11 of 1", "acked 11");
    }

    @Test
    void anAcknowledgementOfWhatWasNeverSentIsIgnored() {
        sendPacket(11, 0);
        assertThat(packets.onAck(2, -1, MS, fates)).isFalse();
        assertThat(packets.onAck(60_000, -1, MS, fates)).isFalse();
        assertThat(fates.log).isEmpty();
    }

    @Test
    void noMoreThan32PacketsAreOut() {
        for (int i = 0; i < 32; i++) {
            assertThat(packets.open()).isTrue();
            sendPacket(i + 1, 0);
        }
        assertThat(packets.open()).isFalse();
        packets.begin(0, fates);
        assertThat(fates.log).containsExactly("lost 1 of 1");
    }

    @Test
    void theWindowShrinksWhilePacketsWaitAndGrowsAgain() {
        var window = new DelayWindow(0);
        window.sample(10 * MS, 0);
        assertThat(window.size()).isEqualTo(32);
        window.sample(200 * MS, 200 * MS);
        assertThat(window.size()).isEqualTo(24);
        window.sample(200 * MS, 300 * MS);
        assertThat(window.size()).isEqualTo(24);
        for (int i = 2; i < 20; i++) {
            window.sample(200 * MS, i * 200L * MS);
        }
        assertThat(window.size()).isEqualTo(DelayWindow.LEAST);
        for (int i = 0; i < 200; i++) {
            window.sample(50 * MS, 0);
        }
        assertThat(window.size()).isEqualTo(32);
    }

    @Test
    void theTimeoutFollowsTheRoundTripAndBacksOff() {
        assertThat(rtt.timeoutNs()).isEqualTo(200 * MS);
        for (int i = 0; i < 50; i++) {
            rtt.sample(40 * MS);
        }
        assertThat(rtt.timeoutNs()).isBetween(44 * MS, 46 * MS);
        assertThat(rtt.latencyNs()).isEqualTo(20 * MS);
        rtt.onTimeout();
        assertThat(rtt.timeoutNs()).isBetween(88 * MS, 92 * MS);
        for (int i = 0; i < 9; i++) {
            rtt.onTimeout();
        }
        assertThat(rtt.timeoutNs()).isLessThanOrEqualTo(RttEstimator.MAX_TIMEOUT_NS);
        rtt.onProgress();
        assertThat(rtt.timeoutNs()).isLessThan(46 * MS);
    }

    @Test
    void noNumberComesTwiceWithinASecondEvenWithoutPacing() {
        var pacer = new Pacer(0, 500 * MS);
        int sent = 0;
        while (pacer.maySend(0)) {
            pacer.onSent(0);
            sent++;
        }
        assertThat(sent).isEqualTo(Pacer.MAX_PACKETS_PER_SECOND).isLessThan(RingNumber.MAX);
        assertThat(pacer.readyAtNs()).isEqualTo(500 * MS);
        assertThat(pacer.maySend(500 * MS)).isTrue();
        assertThat(pacer.onSent(500 * MS)).isEqualTo(1);
        assertThat(pacer.maySend(500 * MS)).isTrue();
    }

    @Test
    void timersFireOnceAndNeverLate() {
        var random = new Random(4);
        var wheel = new TimerWheel();
        long[] fired = new long[500];
        long[] due = new long[500];
        long startNs = -3_000 * MS;
        for (int i = 0; i < due.length; i++) {
            int index = i;
            due[i] = startNs + random.nextInt(5_000) * MS + random.nextInt(1_000_000);
            arm(wheel, fired, due, index, startNs);
        }
        for (long now = startNs; now <= startNs + 5_100 * MS; now = wheel.nextNs()) {
            wheel.advance(now);
            if (wheel.nextNs() == Endpoint.NEVER) {
                break;
            }
            assertThat(wheel.nextNs()).isGreaterThan(now);
        }
        for (int i = 0; i < due.length; i++) {
            assertThat(fired[i]).isBetween(due[i], due[i] + TimerWheel.TICK_NS);
        }
        assertThat(wheel.nextNs()).isEqualTo(Endpoint.NEVER);
    }

    private static void arm(TimerWheel wheel, long[] fired, long[] due, int index, long nowNs) {
        var node =
                new TimerNode() {
                    @Override
                    void onTimer(long firedAtNs) {
                        if (firedAtNs < due[index]) {
                            wheel.arm(this, due[index], firedAtNs);
                        } else {
                            assertThat(fired[index]).isZero();
                            fired[index] = firedAtNs;
                        }
                    }
                };
        wheel.arm(node, due[index] + 50 * MS, nowNs);
        wheel.arm(node, due[index], nowNs);
    }

    @Test
    void hostsHaveTheirOwnAllowanceAndTheTableIsBounded() {
        var rates = new HostRates(10, 2, 3);
        assertThat(rates.tryTake("a", 0)).isTrue();
        assertThat(rates.tryTake("a", 0)).isTrue();
        assertThat(rates.tryTake("a", 0)).isFalse();
        assertThat(rates.tryTake("b", 0)).isTrue();
        assertThat(rates.tryTake("a", 100 * MS)).isTrue();
        assertThat(rates.tryTake("a", 100 * MS)).isFalse();
        for (int i = 0; i < 100; i++) {
            rates.tryTake(i, 0);
        }
        assertThat(rates.size()).isEqualTo(3);
    }

    @Test
    void sizesFollowTheMtu() {
        var sizes = new Sizes(1500);
        assertThat(sizes.maxWholeMessageBytes()).isEqualTo(1434);
        assertThat(sizes.helloLengthBytes()).isEqualTo(1414);
        assertThat(sizes.partsOf(1434)).isEqualTo(1);
        assertThat(sizes.partsOf(1435)).isEqualTo(2);
        assertThat(sizes.partsOf(100_000)).isEqualTo(98);
        assertThat(new Sizes(600).fragmentDataBytes()).isEqualTo(600 - 28 - 36 - 2 - 6);
        assertThatThrownBy(() -> new Sizes(500)).hasMessageContaining("mtuBytes is 500");
    }
}
