package dev.slipgate.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.memory.BytePool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private final List<String> settled = new ArrayList<>();
    private final BytePool pool = new BytePool(1 << 20);
    private final ConnectionStreams streams =
            new ConnectionStreams(
                    pool,
                    10_000,
                    (channel, number, length, tag, delivered) ->
                            settled.add(number + (delivered ? " delivered " : " given up ") + tag));

    @Test
    void positionsAgreeWithASetOfNumbersWhateverTheOrder() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var positions = new Positions();
            Set<Long> model = new HashSet<>();
            long base = 0;
            for (int i = 0; i < 400; i++) {
                long number = 1 + base + random.nextInt(60);
                base += random.nextInt(4) == 0 ? 1 : 0;
                assertThat(positions.add(number)).as("seed %d", seed).isEqualTo(model.add(number));
                assertThat(positions.contains(number)).isTrue();
            }
            for (long number = 1; number <= base + 60; number++) {
                assertThat(positions.contains(number)).isEqualTo(model.contains(number));
            }
            assertThat(positions.upTo())
                    .isEqualTo(new TreeSet<>(gaps(model, base + 62)).first() - 1);
        }
    }

    private static List<Long> gaps(Set<Long> model, long end) {
        var gaps = new ArrayList<Long>();
        for (long number = 1; number <= end; number++) {
            if (!model.contains(number)) {
                gaps.add(number);
            }
        }
        return gaps;
    }

    @Test
    void positionsAreBounded() {
        var positions = new Positions();
        for (long number = 2; number <= 2L * Positions.MAX_RANGES; number += 2) {
            assertThat(positions.add(number)).isTrue();
        }
        assertThat(positions.add(1_000_000)).isFalse();
        assertThat(positions.contains(1_000_000)).isFalse();
        assertThat(positions.add(1)).isTrue();
        assertThat(positions.upTo()).isEqualTo(2);
    }

    @Test
    void whatIsAcknowledgedBeforeItsTurnIsNotSent() {
        OutboundStream stream = streams.outbound(0);
        for (int i = 1; i <= 8; i++) {
            stream.keep(new byte[] {(byte) i}, 1, null);
        }
        stream.acknowledgeUpTo(8);
        for (int i = 9; i <= 12; i++) {
            stream.keep(new byte[] {(byte) i}, 1, null);
        }
        assertThat(stream.nextToSend()).isEqualTo(9);
        assertThat(stream.bytes(9)).containsExactly(9);
    }

    @Test
    void aReliableMessageIsKeptUntilItsAckAndSettledOnce() {
        OutboundStream stream = streams.outbound(1);
        for (int i = 1; i <= 20; i++) {
            assertThat(stream.keep(new byte[] {(byte) i}, 1, "t" + i)).isEqualTo(i);
        }
        assertThat(stream.keptMessages()).isEqualTo(20);
        stream.acknowledge(3, 4);
        stream.acknowledge(3, 4);
        assertThat(stream.bytes(3)).isNull();
        assertThat(stream.bytes(5)).containsExactly(5);
        stream.acknowledgeUpTo(5);
        stream.acknowledgeUpTo(1_000_000);
        assertThat(stream.keptMessages()).isZero();
        assertThat(stream.keptBytes()).isZero();
        assertThat(settled)
                .hasSize(20)
                .startsWith("3 delivered t3", "4 delivered t4", "1 delivered t1");
    }

    @Test
    void theSendCursorSkipsWhatWasAcknowledgedMeanwhile() {
        OutboundStream stream = streams.outbound(0);
        stream.keepCopy(new byte[10], 0, 10, null);
        stream.keepCopy(new byte[10], 0, 10, null);
        stream.keepCopy(new byte[10], 0, 10, null);
        assertThat(stream.nextToSend()).isEqualTo(1);
        stream.sent(1);
        stream.acknowledge(2, 2);
        assertThat(stream.nextToSend()).isEqualTo(3);
        stream.sent(3);
        assertThat(stream.nextToSend()).isZero();
    }

    @Test
    void whatIsKeptAtTheEndIsGivenUp() {
        streams.outbound(1).keep(new byte[1], 1, "a");
        streams.outbound(200).keep(new byte[1], 1, "b");
        streams.release();
        assertThat(settled).containsExactly("1 given up a", "1 given up b");
    }

    @Test
    void anUnreliableChannelNumbersAndKeepsNothing() {
        OutboundStream stream = streams.outbound(3);
        assertThat(stream.number()).isEqualTo(1);
        assertThat(stream.number()).isEqualTo(2);
        assertThatThrownBy(() -> streams.outbound(1).number())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void eachModeTakesWhatItPromises() {
        InboundStream ordered = streams.inbound(0);
        assertThat(ordered.accept(1)).isTrue();
        assertThat(ordered.accept(3)).isFalse();
        assertThat(ordered.accept(1)).isFalse();
        assertThat(ordered.accept(2)).isTrue();
        InboundStream reliable = streams.inbound(1);
        assertThat(reliable.accept(5)).isTrue();
        assertThat(reliable.accept(5)).isFalse();
        assertThat(reliable.accept(1)).isTrue();
        InboundStream sequenced = streams.inbound(2);
        assertThat(sequenced.accept(5)).isTrue();
        assertThat(sequenced.accept(4)).isFalse();
        assertThat(sequenced.accept(6)).isTrue();
        InboundStream unreliable = streams.inbound(3);
        assertThat(unreliable.accept(5)).isTrue();
        assertThat(unreliable.accept(4)).isTrue();
        reliable.handled(5);
        sequenced.handled(5);
        assertThat(reliable.handled().contains(5)).isTrue();
        assertThat(sequenced.handled().upTo()).isZero();
    }

    @Test
    void positionsTakeWholeRangesAsIfOneByOne() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var ranged = new Positions();
            var single = new Positions();
            var other = new Positions();
            for (int i = 0; i < 40; i++) {
                long from = 1L + random.nextInt(200);
                long to = from + random.nextInt(12);
                assertThat(ranged.addRange(from, to)).isTrue();
                other.addRange(from, to);
                for (long number = from; number <= to; number++) {
                    single.add(number);
                }
                if (i % 10 == 9) {
                    single.addAll(other);
                    ranged.addAll(single);
                }
                assertThat(ranged.upTo()).as("seed %d", seed).isEqualTo(single.upTo());
                assertThat(ranged.rangeCount()).isEqualTo(single.rangeCount());
            }
            for (long number = 1; number < 220; number++) {
                assertThat(ranged.contains(number)).isEqualTo(single.contains(number));
            }
        }
    }

    @Test
    void anOrderedChannelHandsOutInOrderWhateverTheOrderOfArrival() {
        for (int seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            InboundStream stream = ofEarlyBytes(1_000_000).inbound(0);
            List<Long> numbers = new ArrayList<>();
            for (long number = 1; number <= 100; number++) {
                numbers.add(number);
                numbers.add(1L + random.nextInt(100));
            }
            Collections.shuffle(numbers, random);
            List<Long> out = new ArrayList<>();
            for (long number : numbers) {
                byte[] bytes = {(byte) number, (byte) (number * 3)};
                if (stream.arrive(number, bytes, 0, 2) == InboundStream.Arrival.TAKEN) {
                    out.add(number);
                }
                while (stream.nextEarly() != 0) {
                    out.add(stream.nextEarly());
                    assertThat(stream.nextEarlyLength()).isEqualTo(2);
                    byte first = (byte) (long) out.getLast();
                    assertThat(stream.takeEarly()).startsWith(first, (byte) (first * 3));
                }
            }
            assertThat(out).as("seed %d", seed).hasSize(100).isSorted();
            assertThat(stream.received().upTo()).isEqualTo(100);
        }
    }

    private ConnectionStreams ofEarlyBytes(long maxEarlyBytes) {
        return new ConnectionStreams(pool, maxEarlyBytes, (_, _, _, _, _) -> {});
    }

    @Test
    void earlyMessagesAreBoundedInBytesOverAllChannels() {
        ConnectionStreams bounded = ofEarlyBytes(300);
        byte[] bytes = new byte[36];
        assertThat(bounded.inbound(0).arrive(1L << 60, bytes, 0, 36))
                .isEqualTo(InboundStream.Arrival.HELD);
        assertThat(bounded.inbound(4).arrive(2, bytes, 0, 36))
                .isEqualTo(InboundStream.Arrival.HELD);
        assertThat(bounded.inbound(4).arrive(2, bytes, 0, 36))
                .isEqualTo(InboundStream.Arrival.STALE);
        assertThat(bounded.inbound(5).arrive(2, bytes, 0, 36))
                .isEqualTo(InboundStream.Arrival.HELD);
        assertThat(bounded.inbound(5).arrive(3, bytes, 0, 36))
                .isEqualTo(InboundStream.Arrival.OVERFLOW);
        assertThat(bounded.inbound(5).arrive(1, bytes, 0, 36))
                .isEqualTo(InboundStream.Arrival.TAKEN);
        bounded.inbound(5).takeEarly();
        assertThat(bounded.inbound(5).arrive(4, bytes, 0, 36))
                .isEqualTo(InboundStream.Arrival.HELD);
        assertThat(bounded.earlyBytes()).isEqualTo(300);
        bounded.release();
        assertThat(bounded.earlyBytes()).isZero();
    }

    @Test
    void aRewoundStreamSendsWhatTheOtherEndLacks() {
        OutboundStream stream = streams.outbound(1);
        for (int i = 1; i <= 8; i++) {
            stream.sent(stream.keep(new byte[1], 1, null));
        }
        assertThat(stream.nextToSend()).isZero();
        var there = new Positions();
        there.addRange(1, 3);
        there.addRange(5, 6);
        stream.acknowledge(2, 2);
        stream.rewind(there);
        var again = new ArrayList<Long>();
        for (long number = stream.nextToSend(); number != 0; number = stream.nextToSend()) {
            again.add(number);
            stream.sent(number);
        }
        assertThat(again).containsExactly(4L, 7L, 8L);
        assertThat(stream.firstKept()).isEqualTo(1);
        assertThat(stream.next()).isEqualTo(9);
    }

    @Test
    void aReceiverThatAcknowledgesAllButOneDoesNotMakeTheSenderGrowForEver() {
        OutboundStream stream = streams.outbound(1);
        long number = 0;
        while (stream.hasRoom()) {
            number = stream.keepCopy(new byte[1], 0, 1, null);
            stream.acknowledge(Math.max(2, number), number);
        }
        assertThat(number).isEqualTo(OutboundStream.MAX_SPAN);
        stream.acknowledgeUpTo(1);
        assertThat(stream.hasRoom()).isTrue();
    }

    @Test
    void aChannelHasOneModePerDirection() {
        assertThat(streams.inbound(9, Delivery.UNRELIABLE)).isNotNull();
        assertThat(streams.inbound(9, Delivery.ORDERED)).isNull();
        assertThat(streams.outbound(9, Delivery.ORDERED)).isNotNull();
        assertThat(streams.outbound(9, Delivery.UNRELIABLE)).isNull();
        assertThat(streams.outbound(9).delivery()).isEqualTo(Delivery.ORDERED);
    }
}
