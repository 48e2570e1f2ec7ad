package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.MS;
import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same session over a carrier that loses nothing. */
class SessionStreamTest {
    private final SessionPair pair =
            new SessionPair(1, SessionPair.agreed(CarrierKind.STREAM)).connected();

    @Test
    void messagesOfAllModesArriveInOrderWithoutAnAck() {
        for (int i = 0; i < 100; i++) {
            for (int channel = 0; channel < 4; channel++) {
                pair.up(channel, channel + " " + i);
            }
            pair.network.runFor(MS);
        }
        pair.network.runFor(SECOND);
        for (int channel = 0; channel < 4; channel++) {
            assertThat(pair.gateway.numbers(channel)).hasSize(100).isSorted();
        }
        assertThat(pair.gateway.session().stats().packetsSent).as("no ACK").isZero();
        assertThat(pair.client.delivered).hasSize(200);
        assertThat(pair.client.context.contents().inUse()).isZero();
    }

    @Test
    void aLargeMessageTakesFewPackets() {
        var message = new byte[256 * 1024];
        new Random(1).nextBytes(message);
        long before = pair.client.session().stats().packetsSent;
        pair.send(pair.client, 0, Delivery.ORDERED, message);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.messages.getFirst().bytes()).isEqualTo(message);
        assertThat(pair.client.session().stats().packetsSent - before).isEqualTo(17);
    }

    @Test
    void nothingLeavesWhileTheStreamTakesNothing() {
        pair.client.session().onPeerWritable(false, pair.network.nowNs());
        assertThat(pair.up(0, "wait")).isEqualTo(SendResult.QUEUED);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.messages).isEmpty();
        pair.client.session().onPeerWritable(true, pair.network.nowNs());
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.texts(0)).containsExactly("wait");
    }

    @Test
    void aSlowReaderPushesBackInsteadOfGrowingTheQueue() {
        pair.client.session().onPeerWritable(false, pair.network.nowNs());
        SendResult result = SendResult.QUEUED;
        for (int i = 0; i < 100 && result == SendResult.QUEUED; i++) {
            result = pair.send(pair.client, 0, Delivery.ORDERED, new byte[50_000]);
        }
        assertThat(result).isEqualTo(SendResult.BACKPRESSURED);
        assertThat(pair.client.session().outbox.reliableBytes()).isLessThanOrEqualTo(1 << 20);
        pair.client.session().onPeerWritable(true, pair.network.nowNs());
        pair.network.runFor(SECOND);
        assertThat(pair.client.writable).isEqualTo(1);
        assertThat(pair.gateway.messages).isNotEmpty();
    }

    @Test
    void aPacketThatDoesNotOpenEndsTheSession() {
        byte[] packet = ForgedPacket.of(Side.CLIENT, 50, writer -> writer.tryPing());
        packet[20] ^= 1;
        pair.network.inject(SessionPair.CLIENT, SessionPair.GATEWAY, packet);
        assertThat(pair.gateway.closed).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(pair.gateway.ended).isEqualTo(1);
    }

    @Test
    void noRoomForAReliableMessageEndsTheSession() {
        pair.gateway.roomLimit = 0;
        pair.up(0, "no room");
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.closed).containsExactly(CloseReason.OVERLOADED);
        assertThat(pair.client.closed).containsExactly(CloseReason.OVERLOADED);
    }

    @Test
    void whoeverSendsMeasuresTheRoundTripWithinSeconds() {
        for (int i = 0; i < 3; i++) {
            pair.down(0, "data");
            pair.up(0, "data");
            pair.network.runFor(SECOND);
        }
        assertThat(pair.gateway.session().stats().rttNs).isBetween(10 * MS, 21 * MS);
        assertThat(pair.client.session().stats().rttNs).isBetween(10 * MS, 21 * MS);
    }
}
