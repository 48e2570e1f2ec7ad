package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SentPacketsTest {
    private record Packet(SentKind kind, int bytes, int handle, long reported, long sentNs) {}

    private final SentPackets sent = new SentPackets();

    private long elicit() {
        return sent.record(SentKind.ELICITING, 100, 1, -1, 0);
    }

    @Test
    void itBeginsSmallAndGrowsToItsBound() {
        assertThat(sent.slots()).isEqualTo(8);
        for (int i = 0; i < SentPackets.MAX_SLOTS; i++) {
            assertThat(elicit()).isEqualTo(i);
        }
        assertThat(sent.slots()).isEqualTo(SentPackets.MAX_SLOTS);
        assertThatThrownBy(this::elicit).isInstanceOf(IllegalStateException.class);
        assertThat(sent.next()).as("nothing changed").isEqualTo(SentPackets.MAX_SLOTS);
        sent.remove(0);
        sent.advance();
        assertThat(elicit()).isEqualTo(SentPackets.MAX_SLOTS);
    }

    @Test
    void silentPacketsGiveWayBeforeItGrows() {
        for (int i = 0; i < 10_000; i++) {
            sent.record(SentKind.SILENT, 40, Recovery.NO_HANDLE, i, 0);
        }
        assertThat(sent.slots()).isEqualTo(8);
        assertThat(sent.span()).isEqualTo(8);
        assertThat(sent.bytesInFlight()).isZero();
        assertThat(sent.sinceEliciting()).isEqualTo(10_000);
        elicit();
        assertThat(sent.sinceEliciting()).isZero();
    }

    @Test
    void aBurstGivesItsMemoryBack() {
        for (int i = 0; i < 1000; i++) {
            elicit();
        }
        for (int i = 0; i < 980; i++) {
            sent.remove(i);
        }
        sent.advance();
        sent.trim();
        assertThat(sent.slots()).isEqualTo(32);
        for (int i = 980; i < 1000; i++) {
            assertThat(sent.isOpen(i)).isTrue();
        }
        sent.clear();
        sent.trim();
        assertThat(sent.slots()).isEqualTo(8);
        assertThat(elicit()).isEqualTo(1000);
    }

    @Test
    void itAnswersAsAMapOfPackets() {
        for (int seed = 0; seed < 50; seed++) {
            compareToMap(new Random(seed), "seed " + seed);
        }
    }

    private static void compareToMap(Random random, String what) {
        var sent = new SentPackets();
        var model = new TreeMap<Long, Packet>();
        for (int step = 0; step < 2000; step++) {
            int choice = random.nextInt(10);
            if (choice < 6 || model.isEmpty()) {
                var kind = random.nextInt(20) == 0 ? SentKind.PADDED : SentKind.ELICITING;
                var packet =
                        new Packet(
                                kind,
                                1 + random.nextInt(16384),
                                random.nextInt(),
                                random.nextLong(),
                                random.nextLong());
                long number =
                        sent.record(
                                kind, packet.bytes, packet.handle, packet.reported, packet.sentNs);
                model.put(number, packet);
            } else if (choice < 9) {
                long number = random.nextInt(3) > 0 ? model.firstKey() : anyOf(model, random);
                sent.remove(number);
                sent.advance();
                model.remove(number);
            } else {
                sent.trim();
            }
            check(sent, model, what + ", step " + step);
        }
    }

    private static long anyOf(NavigableMap<Long, Packet> model, Random random) {
        long bound = model.firstKey() + random.nextLong(model.lastKey() - model.firstKey() + 1);
        return model.ceilingKey(bound);
    }

    private static void check(SentPackets sent, NavigableMap<Long, Packet> model, String what) {
        long bytes = 0;
        int eliciting = 0;
        for (var entry : model.entrySet()) {
            long number = entry.getKey();
            Packet packet = entry.getValue();
            bytes += packet.bytes;
            eliciting += packet.kind == SentKind.ELICITING ? 1 : 0;
            boolean same =
                    sent.isOpen(number)
                            && sent.isInFlight(number)
                            && sent.isEliciting(number) == (packet.kind == SentKind.ELICITING)
                            && sent.bytes(number) == packet.bytes
                            && sent.handle(number) == packet.handle
                            && sent.reported(number) == packet.reported
                            && sent.sentNs(number) == packet.sentNs;
            assertThat(same).as("%s, packet %d", what, number).isTrue();
        }
        int open = 0;
        for (long number = Math.max(sent.first() - 5, 0); number < sent.next() + 5; number++) {
            open += sent.isOpen(number) ? 1 : 0;
        }
        assertThat(open).as(what).isEqualTo(model.size());
        assertThat(sent.bytesInFlight()).as(what).isEqualTo(bytes);
        assertThat(sent.elicitingInFlight()).as(what).isEqualTo(eliciting);
        assertThat(sent.first())
                .as(what)
                .isEqualTo(model.isEmpty() ? sent.next() : model.firstKey());
    }
}
