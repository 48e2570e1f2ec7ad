package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import dev.slipgate.protocol.slipgate.packet.ReplayWindow;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Packets there and ACKs back, with a loss now and then: no packet makes garbage. */
class RecoveryGarbageTest {
    private static final int PACKETS = 50_000;
    private static final long MS = 1_000_000;

    private final LossDetection recovery = new LossDetection(new NewReno());
    private final ReceivedPackets received = new ReceivedPackets();
    private final ReplayWindow window = new ReplayWindow();
    private final Pacer pacer = new Pacer();
    private final PacketHeader header = new PacketHeader();
    private final AckRanges ranges = new AckRanges();
    private final byte[] packet = new byte[100];
    private long acked;
    private long nowNs;

    private final PacketFate fate =
            new PacketFate() {
                @Override
                public void onAcked(long number, int handle, long reported) {
                    acked++;
                }

                @Override
                public void onLost(long number, int handle) {}
            };

    private void exchange(int packets) {
        for (int i = 0; i < packets; i++) {
            nowNs += MS;
            pacer.readyAtNs(100, recovery.windowBytes(), recovery.rtt().smoothedNs(), nowNs);
            pacer.onSent(100);
            int numberBytes = recovery.nextNumberBytes();
            long number = recovery.onSent(SentKind.ELICITING, 100, i, -1, nowNs);
            PacketHeader.write(packet, 0, 77, number, numberBytes);
            if (number % 50 != 7) {
                take();
            }
            recovery.onTimeout(nowNs, fate);
        }
    }

    private void take() {
        header.parse(packet, 0, packet.length);
        long number = header.number(window.highest());
        if (window.check(number) == null) {
            window.record(number);
            received.onReceived(number, true, nowNs);
        }
        if (received.ackDue(nowNs)) {
            ranges.clear();
            for (int i = 0; i < received.rangeCount(); i++) {
                ranges.tryAdd(received.rangeLow(i), received.rangeHigh(i));
            }
            received.onAckSent();
            recovery.onAck(ranges, 0, nowNs, fate);
            received.onAckAcked(number - 100);
        }
    }

    @Test
    void noPacketMakesGarbage() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        exchange(PACKETS);
        long ackedBefore = acked;
        long before = threads.getCurrentThreadAllocatedBytes();
        exchange(PACKETS);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(acked - ackedBefore).isBetween(PACKETS * 97L / 100, (long) PACKETS);
        assertThat(recovery.packetsLost()).isEqualTo(2 * PACKETS / 50);
        assertThat(window.highest()).isEqualTo(recovery.nextNumber() - 1);
        assertThat(recovery.nextNumberBytes()).isLessThanOrEqualTo(PacketNumbers.MAX_BYTES);
        assertThat(bytes).as("for %d packets", PACKETS).isLessThan(PACKETS / 10);
    }
}
