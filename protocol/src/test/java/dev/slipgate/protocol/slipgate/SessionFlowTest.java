package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.testnet.NetFaults;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Credit between the sides, room in the queue, and room in the hold. */
class SessionFlowTest {
    private static final long CREDIT = 10_000;
    private static final int COST = 1_064;

    private static SessionPair withCredit(CarrierKind kind) {
        return new SessionPair(5, SessionPair.withCredit(kind, CREDIT)).connected();
    }

    private static void sendUp(SessionPair pair, int count) {
        for (int i = 0; i < count; i++) {
            pair.send(pair.client, 0, Delivery.ORDERED, new byte[1000]);
        }
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void noMoreThanTheCreditIsSentUntilItIsRaised(CarrierKind kind) {
        var pair = withCredit(kind);
        pair.gateway.consumes = false;
        sendUp(pair, 20);
        pair.network.runFor(5 * SECOND);
        assertThat(pair.gateway.messages).hasSize((int) CREDIT / COST);
        pair.gateway.consumes = true;
        pair.gateway.session().consumed(9 * COST, pair.network.nowNs());
        boolean all = pair.network.runUntil(() -> pair.gateway.messages.size() == 20, 5 * SECOND);
        assertThat(all).isTrue();
    }

    @Test
    void unreliableMessagesNeedNoCredit() {
        var pair = withCredit(CarrierKind.DATAGRAM);
        pair.gateway.consumes = false;
        sendUp(pair, 20);
        pair.network.runFor(SECOND);
        pair.up(3, "by the way");
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.texts(3)).containsExactly("by the way");
    }

    @Test
    void aLargeMessageThatWaitsForCreditIsNotOvertakenForEver() {
        var pair = withCredit(CarrierKind.DATAGRAM);
        pair.gateway.consumes = false;
        sendUp(pair, 8);
        pair.network.runFor(SECOND);
        pair.send(pair.client, 1, Delivery.RELIABLE, new byte[9_000]);
        for (int i = 0; i < 50; i++) {
            pair.send(pair.client, 5, Delivery.ORDERED, new byte[100]);
        }
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.texts(5)).isEmpty();
        pair.gateway.consumes = true;
        pair.gateway.session().consumed(8 * COST, pair.network.nowNs());
        assertThat(pair.network.runUntil(pair::settled, 5 * SECOND)).isTrue();
        // Beside it the credit at hand took five of the small ones.
        assertThat(pair.gateway.messages.get(13).channel()).isEqualTo(1);
    }

    @Test
    void aMessageAboveAllCreditIsTooLarge() {
        var pair = withCredit(CarrierKind.DATAGRAM);
        assertThat(pair.send(pair.client, 0, Delivery.ORDERED, new byte[(int) CREDIT]))
                .isEqualTo(SendResult.TOO_LARGE);
        assertThat(pair.send(pair.client, 0, Delivery.ORDERED, new byte[(int) CREDIT - 64]))
                .isEqualTo(SendResult.QUEUED);
    }

    @Test
    void creditFlowsOnALossyNetworkWithoutEnd() {
        var pair =
                new SessionPair(7, SessionPair.withCredit(CarrierKind.DATAGRAM, CREDIT))
                        .with(NetFaults.BAD)
                        .connected();
        for (int i = 0; i < 100; i++) {
            pair.send(pair.client, i % 2, Delivery.ofChannel(i % 2), new byte[100 * (i % 97)]);
            pair.send(pair.gateway, i % 2, Delivery.ofChannel(i % 2), new byte[100 * (i % 89)]);
        }
        assertThat(pair.network.runUntil(pair::settled, 120 * SECOND)).isTrue();
        assertThat(pair.gateway.closed).isEmpty();
    }

    @Test
    void aPeerThatTakesMoreThanItsCreditIsClosed() {
        var generous = SessionPair.withCredit(CarrierKind.DATAGRAM, 1 << 20);
        var stingy = SessionPair.withCredit(CarrierKind.DATAGRAM, CREDIT);
        var pair = new SessionPair(7, generous);
        var gateway =
                new SlipgateSession(
                        SessionPair.ID,
                        Side.GATEWAY,
                        SessionPair.CLIENT,
                        SessionPair.keys(),
                        stingy,
                        pair.gateway.context);
        pair.gateway.begin(gateway);
        pair.connected();
        pair.gateway.consumes = false;
        sendUp(pair, 12);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(pair.client.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(pair.client.session().closeText()).isEqualTo("more than the FLOW limit");
    }

    @Test
    void aFullQueuePushesBackAndSaysWhenHalfIsFree() {
        var settings = SlipgateSettings.defaults().withSendQueueBytes(100_000);
        var agreed = SessionPair.agreed(CarrierKind.DATAGRAM);
        var pair = new SessionPair(2, agreed, settings, SessionPair.CRYPTO).connected();
        List<SendResult> results =
                Stream.generate(() -> pair.send(pair.client, 0, Delivery.ORDERED, new byte[10_000]))
                        .limit(12)
                        .toList();
        assertThat(results.subList(0, 9)).containsOnly(SendResult.QUEUED);
        assertThat(results.subList(9, 12)).containsOnly(SendResult.BACKPRESSURED);
        assertThat(pair.client.writable).isZero();
        boolean told = pair.network.runUntil(() -> pair.client.writable > 0, 5 * SECOND);
        assertThat(told).isTrue();
        assertThat(pair.client.session().outbox.reliableBytes()).isBetween(1L, 50_000L);
        assertThat(pair.network.runUntil(pair::settled, 5 * SECOND)).isTrue();
        assertThat(pair.client.writable).isEqualTo(1);
        assertThat(pair.client.session().outbox.reliableBytes()).isZero();
    }

    @Test
    void unreliableMessagesDoNotPushReliableOnesBack() {
        var settings = SlipgateSettings.defaults().withSendQueueBytes(20_000);
        var agreed = SessionPair.agreed(CarrierKind.DATAGRAM);
        var pair = new SessionPair(2, agreed, settings, SessionPair.CRYPTO).connected();
        for (int i = 0; i < 100; i++) {
            pair.send(pair.client, 3, Delivery.UNRELIABLE, new byte[1_000]);
        }
        assertThat(pair.up(0, "important")).isEqualTo(SendResult.QUEUED);
    }

    @Test
    void aPacketWithoutRoomIsLeftUnrecordedAndComesAgain() {
        var pair = new SessionPair(2).connected();
        pair.network.runFor(SECOND);
        pair.gateway.roomLimit = 0;
        pair.up(0, "later");
        pair.network.runFor(500 * SessionPair.MS);
        assertThat(pair.gateway.messages).isEmpty();
        assertThat(pair.gateway.refusals).contains(DropReason.HOLD_FULL);
        assertThat(pair.client.delivered).isEmpty();
        pair.gateway.roomLimit = Long.MAX_VALUE;
        assertThat(pair.network.runUntil(pair::settled, 10 * SECOND)).isTrue();
        assertThat(pair.gateway.texts(0)).containsExactly("later");
    }

    @Test
    void unreliableMessagesGiveWayBeforeReliableOnesAreRefused() {
        var pair = new SessionPair(2).connected();
        pair.network.runFor(SECOND);
        pair.gateway.roomLimit = 10;
        pair.up(0, "ten bytes.");
        pair.up(3, "some more bytes");
        pair.network.runFor(100 * SessionPair.MS);
        assertThat(pair.gateway.texts(0)).containsExactly("ten bytes.");
        assertThat(pair.gateway.texts(3)).isEmpty();
        assertThat(pair.gateway.drops.total(DropReason.UNRELIABLE_OVERFLOW)).isEqualTo(1);
    }
}
