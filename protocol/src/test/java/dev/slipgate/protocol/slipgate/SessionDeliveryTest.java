package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.MS;
import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.testnet.NetFaults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of all modes between two sessions. */
class SessionDeliveryTest {
    @Test
    void messagesOfAllModesArriveOnce() {
        var pair = new SessionPair(1).connected();
        for (int channel = 0; channel < 4; channel++) {
            pair.up(channel, "up " + channel);
            pair.down(channel, "down " + channel);
        }
        pair.network.runFor(SECOND);
        for (int channel = 0; channel < 4; channel++) {
            assertThat(pair.gateway.texts(channel)).containsExactly("up " + channel);
            assertThat(pair.client.texts(channel)).containsExactly("down " + channel);
        }
        assertThat(pair.client.delivered).containsExactlyInAnyOrder(1L, 3L);
        assertThat(pair.gateway.token).isEqualTo(SessionPair.TOKEN);
        assertThat(pair.gateway.session().identity()).isEqualTo("somebody");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aBadNetworkLosesNothingReliableAndRepeatsNothing(long seed) {
        var pair = new SessionPair(seed).with(NetFaults.BAD).connected();
        var random = new Random(seed);
        for (int i = 1; i <= 400; i++) {
            int channel = random.nextInt(4);
            String text = "x".repeat(1 + random.nextInt(random.nextInt(10) == 0 ? 8000 : 300));
            assertThat(pair.up(channel, text)).isEqualTo(SendResult.QUEUED);
            assertThat(pair.down(channel, text)).isEqualTo(SendResult.QUEUED);
            pair.network.runFor(5 * MS);
        }
        assertThat(pair.network.runUntil(() -> pair.settled(), 20 * SECOND)).isTrue();
        for (int channel = 0; channel < 2; channel++) {
            assertAllOnce(pair.sentUp(channel), pair.gateway.numbers(channel));
            assertAllOnce(pair.sentDown(channel), pair.client.numbers(channel));
        }
        assertThat(pair.gateway.numbers(2)).isSorted().doesNotHaveDuplicates();
        assertThat(pair.gateway.numbers(3)).doesNotHaveDuplicates().isNotEmpty();
        assertThat(pair.client.numbers(2)).isSorted().doesNotHaveDuplicates().isNotEmpty();
        assertThat(pair.gateway.messages).allMatch(pair::asSent);
        assertThat(pair.client.messages).allMatch(pair::asSent);
        assertThat(pair.client.session().stats().packetsTimedOut).isPositive();
        assertThat(pair.client.session().stats().lossIn).isBetween(0.01, 0.4);
        pair.network.runFor(3 * SECOND); // unreliable messages with missing parts expire
        assertThat(pair.client.context.contents().inUse()).isZero();
        assertThat(pair.gateway.reserved).isZero();
    }

    private static void assertAllOnce(List<Long> sent, List<Long> arrived) {
        assertThat(arrived).doesNotHaveDuplicates();
        assertThat(new HashSet<>(arrived)).isEqualTo(new HashSet<>(sent));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1131, 1140, 1141, 1200, 65_536, 262_144})
    void aMessageOfAnySizeArrivesWhole(int size) {
        var pair = new SessionPair(size).with(NetFaults.BAD).connected();
        var message = new byte[size];
        new Random(size).nextBytes(message);
        pair.send(pair.client, 0, Delivery.ORDERED, message);
        pair.send(pair.gateway, 1, Delivery.RELIABLE, message);
        assertThat(pair.network.runUntil(pair::settled, 60 * SECOND)).isTrue();
        assertThat(pair.gateway.messages.getFirst().bytes()).isEqualTo(message);
        assertThat(pair.client.messages.getFirst().bytes()).isEqualTo(message);
        assertThat(pair.client.delivered).containsExactly(1L);
        assertThat(pair.gateway.delivered).containsExactly(2L);
    }

    @Test
    void fragmentedMessagesOfManyChannelsInterleave() {
        var pair = new SessionPair(3).connected();
        for (int channel = 10; channel < 18; channel++) {
            pair.send(pair.client, channel, Delivery.ORDERED, new byte[20_000]);
        }
        pair.send(pair.client, 20, Delivery.ORDERED, "small");
        assertThat(pair.network.runUntil(pair::settled, 10 * SECOND)).isTrue();
        assertThat(pair.gateway.messages).hasSize(9);
        assertThat(pair.gateway.messages.getFirst().channel())
                .as("a small message waits for no large one of another channel")
                .isEqualTo(20);
    }

    @Test
    void unreliableFragmentsArriveOnAGoodNetwork() {
        var pair = new SessionPair(3).connected();
        pair.send(pair.client, 2, Delivery.SEQUENCED, new byte[5_000]);
        pair.send(pair.client, 3, Delivery.UNRELIABLE, new byte[6_000]);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.messages).hasSize(2);
        assertThat(pair.client.delivered).isEmpty();
        assertThat(pair.client.session().outbox.peek(pair.network.nowNs())).isNull();
    }

    @Test
    void anUnreliableMessageWithAMissingFragmentIsGivenUp() {
        var pair = new SessionPair(3).connected();
        pair.network.setFaults(NetFaults.NONE.withLoss(0.3));
        for (int i = 0; i < 20; i++) {
            pair.send(pair.client, 3, Delivery.UNRELIABLE, new byte[10_000]);
            pair.network.runFor(40 * MS);
        }
        pair.network.setFaults(NetFaults.NONE);
        pair.network.runFor(4 * SECOND);
        assertThat(pair.gateway.drops.total(DropReason.FRAGMENT_EXPIRED)).isPositive();
        assertThat(pair.gateway.drops.total(DropReason.UNRELIABLE_OVERFLOW)).isPositive();
        assertThat(pair.gateway.reserved).isZero();
    }

    @Test
    void aNewerSequencedMessageReplacesTheOneThatWaits() {
        var pair = new SessionPair(3).connected();
        pair.up(2, "old");
        pair.send(pair.client, 2, Delivery.SEQUENCED, new byte[30_000]);
        pair.up(2, "new");
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.texts(2)).containsExactly("new");
    }

    @Test
    void aSequencedMessageHalfSentGivesWayToANewerOne() {
        var pair = new SessionPair(3).connected();
        pair.send(pair.client, 2, Delivery.SEQUENCED, new byte[100_000]);
        pair.network.runFor(MS); // the first window of it leaves
        pair.up(2, "new");
        pair.network.runFor(4 * SECOND);
        assertThat(pair.gateway.texts(2)).containsExactly("new");
        assertThat(pair.gateway.reserved).isZero();
    }

    @Test
    void anUnreliableMessageThatWaitedTooLongIsDropped() {
        var pair = new SessionPair(3).connected();
        pair.network.runFor(SECOND);
        pair.network.setFaults(NetFaults.NONE.withLoss(1));
        pair.send(pair.client, 0, Delivery.ORDERED, new byte[100_000]); // fills the window
        pair.network.runFor(10 * MS);
        pair.up(3, "stale");
        pair.network.runFor(600 * MS);
        pair.network.setFaults(NetFaults.NONE);
        assertThat(pair.network.runUntil(pair::settled, 20 * SECOND)).isTrue();
        assertThat(pair.gateway.texts(3)).isEmpty();
        assertThat(pair.client.drops.total(DropReason.UNRELIABLE_STALE)).isEqualTo(1);
    }

    @Test
    void unreliableMessagesTooManyPushOutTheOldest() {
        var pair = new SessionPair(3).connected();
        for (int i = 0; i < 600; i++) {
            assertThat(pair.send(pair.client, 3, Delivery.UNRELIABLE, new byte[1000]))
                    .isEqualTo(SendResult.QUEUED);
        }
        assertThat(pair.client.drops.total(DropReason.UNRELIABLE_OVERFLOW)).isGreaterThan(300);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.numbers(3).getLast()).isEqualTo(600);
    }

    @Test
    void messagesQueuedTogetherShareAPacket() {
        var pair = new SessionPair(3).connected();
        pair.network.runFor(SECOND);
        long before = pair.client.session().stats().packetsSent;
        for (int i = 0; i < 20; i++) {
            pair.up(i % 4, "fifty bytes or so, as many a game would send them.");
        }
        pair.network.runUntil(() -> false, MS);
        assertThat(pair.client.session().stats().packetsSent - before).isEqualTo(1);
    }

    @Test
    void channelsOfHigherPriorityGoFirst() {
        var settings = SlipgateSettings.defaults().withChannelPriorities("4440");
        var pair =
                new SessionPair(
                                3,
                                SessionPair.agreed(CarrierKind.DATAGRAM),
                                settings,
                                SessionPair.CRYPTO)
                        .connected();
        var order = new ArrayList<Integer>();
        pair.send(pair.client, 0, Delivery.ORDERED, new byte[1000]);
        pair.send(pair.client, 1, Delivery.RELIABLE, new byte[1000]);
        pair.send(pair.client, 3, Delivery.UNRELIABLE, new byte[1000]);
        pair.network.runFor(SECOND);
        pair.gateway.messages.forEach(message -> order.add(message.channel()));
        assertThat(order).containsExactly(3, 0, 1);
    }

    @Test
    void equalChannelsTakeTurns() {
        var pair = new SessionPair(3).connected();
        for (int i = 0; i < 3; i++) {
            pair.send(pair.client, 0, Delivery.ORDERED, new byte[900]);
        }
        for (int i = 0; i < 3; i++) {
            pair.send(pair.client, 1, Delivery.RELIABLE, new byte[900]);
        }
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.messages)
                .extracting(RecordedMessage::number)
                .containsExactlyElementsOf(LongStream.of(1, 4, 2, 5, 3, 6).boxed().toList());
    }

    @Test
    void aMessageAboveTheAgreedSizeIsTooLarge() {
        var pair = new SessionPair(3).connected();
        assertThat(pair.send(pair.client, 0, Delivery.ORDERED, new byte[256 * 1024 + 1]))
                .isEqualTo(SendResult.TOO_LARGE);
        assertThat(pair.send(pair.client, 3, Delivery.UNRELIABLE, new byte[256 * 1024 + 1]))
                .isEqualTo(SendResult.TOO_LARGE);
    }

    @Test
    void bitFlipsAreDroppedAndMadeGood() {
        var pair = new SessionPair(8).with(NetFaults.NONE.withCorruption(0.2)).connected();
        for (int i = 0; i < 200; i++) {
            pair.up(0, "up " + i);
            pair.down(1, "down " + i);
            pair.network.runFor(5 * MS);
        }
        assertThat(pair.network.runUntil(pair::settled, 20 * SECOND)).isTrue();
        assertThat(pair.gateway.texts(0)).hasSize(200).doesNotHaveDuplicates();
        assertThat(pair.client.texts(1)).hasSize(200).doesNotHaveDuplicates();
        assertThat(pair.gateway.refusals).contains(DropReason.BAD_TAG);
        assertThat(pair.gateway.closed).isEmpty();
    }

    @Test
    void anAppThatChangesAChannelsModeLosesItsSessionOnly() {
        var pair = new SessionPair(8).connected();
        pair.send(pair.gateway, 7, Delivery.ORDERED, "first");
        assertThat(pair.send(pair.gateway, 7, Delivery.UNRELIABLE, "then"))
                .isEqualTo(SendResult.CLOSED);
        pair.network.runFor(SECOND);
        assertThat(pair.client.closed).containsExactly(CloseReason.HANDLER_FAILED);
        assertThat(pair.client.session().closeText()).isEqualTo("channel 7 has another mode");
    }

    @Test
    void aTailThatIsLostComesWithTheProbe() {
        var pair = new SessionPair(8).connected();
        pair.network.runFor(SECOND);
        pair.network.setFaults(NetFaults.NONE.withLoss(1));
        pair.up(0, "the last word");
        pair.network.runFor(MS);
        pair.network.setFaults(NetFaults.NONE);
        assertThat(pair.network.runUntil(() -> !pair.gateway.messages.isEmpty(), 100 * MS))
                .isTrue();
    }
}
