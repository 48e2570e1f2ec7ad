package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
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
