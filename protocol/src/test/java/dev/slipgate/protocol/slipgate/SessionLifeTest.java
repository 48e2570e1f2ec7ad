package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.MS;
import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.testnet.NetFaults;
import dev.slipgate.protocol.testnet.TestNetwork.Flight;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How sessions end, and what keeps them alive. */
class SessionLifeTest {
    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void aCloseReachesTheOtherSideAndBothForget(CarrierKind kind) {
        var pair = new SessionPair(1, SessionPair.agreed(kind)).connected();
        pair.gateway.session().close(CloseReason.APP_CLOSED, pair.network.nowNs());
        assertThat(pair.gateway.closed).containsExactly(CloseReason.APP_CLOSED);
        assertThat(pair.up(0, "too late?")).isEqualTo(SendResult.QUEUED);
        assertThat(pair.down(0, "too late")).isEqualTo(SendResult.CLOSED);
        pair.network.runFor(10 * SECOND);
        assertThat(pair.client.closed).containsExactly(CloseReason.APP_CLOSED);
        assertThat(pair.client.ended).isEqualTo(1);
        assertThat(pair.gateway.ended).isEqualTo(1);
        assertThat(pair.gateway.messages).isEmpty();
        assertThat(pair.client.context.contents().inUse()).isZero();
    }

    @Test
    void aCloseThatIsLostIsSaidAgainAtMostThreeTimes() {
        var pair = new SessionPair(1).connected();
        pair.network.runFor(SECOND);
        var sent = new ArrayList<Flight>();
        pair.gateway.session().close(CloseReason.APP_CLOSED, pair.network.nowNs());
        pair.network.tap(
                flight -> {
                    if (flight.from().equals(SessionPair.GATEWAY)) {
                        sent.add(flight);
                    }
                });
        pair.network.runFor(MS);
        pair.network.rebind(pair.client, SessionPair.CLIENT.withPort(99)); // deaf from now on
        for (int i = 0; i < 8; i++) {
            pair.up(0, "still there? " + i);
            pair.network.runFor(MS);
        }
        pair.network.runFor(10 * SECOND);
        assertThat(sent).hasSize(4);
        assertThat(pair.gateway.ended).isEqualTo(1);
    }

    @Test
    void twoThatCloseAtOnceBothEnd() {
        var pair = new SessionPair(1).connected();
        pair.gateway.session().close(CloseReason.APP_CLOSED, pair.network.nowNs());
        pair.client.session().close(CloseReason.CLIENT_CLOSED, pair.network.nowNs());
        pair.network.runFor(50 * MS);
        assertThat(pair.gateway.closed).containsExactly(CloseReason.APP_CLOSED);
        assertThat(pair.client.closed).containsExactly(CloseReason.CLIENT_CLOSED);
        assertThat(pair.gateway.ended).isEqualTo(1);
        assertThat(pair.client.ended).isEqualTo(1);
    }

    @Test
    void theReasonsWordsArrive() {
        var pair = new SessionPair(1).connected();
        pair.gateway.session().close(CloseReason.REFUSED, "wörter", pair.network.nowNs());
        pair.network.runFor(SECOND);
        assertThat(pair.client.session().closeText()).isEqualTo("wörter");
    }

    @Test
    void aReasonTooLongIsCutBetweenCharacters() {
        var pair = new SessionPair(1).connected();
        String umlauts = "x" + "ö".repeat(200);
        pair.gateway.session().close(CloseReason.REFUSED, umlauts, pair.network.nowNs());
        pair.network.runFor(SECOND);
        assertThat(pair.client.session().closeText()).isEqualTo("x" + "ö".repeat(127));
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void anIdleSessionIsKeptAliveByPings(CarrierKind kind) {
        var pair = new SessionPair(1, SessionPair.agreed(kind)).connected();
        pair.network.runFor(10 * SessionPair.IDLE_NS);
        assertThat(pair.gateway.closed).isEmpty();
        assertThat(pair.client.closed).isEmpty();
        long sent = pair.client.session().stats().packetsSent;
        assertThat(sent).isBetween(30L, 75L);
        assertThat(pair.client.wakeUps).as("an idle session is woken seldom").isLessThan(200);
        assertThat(pair.gateway.wakeUps).isLessThan(200);
        assertThat(pair.client.session().stats().rttNs).isBetween(10 * MS, 21 * MS);
    }

    @Test
    void silenceEndsBothSidesAfterTheIdleTimeout() {
        var pair = new SessionPair(1).connected();
        pair.network.runFor(SECOND);
        pair.network.setFaults(NetFaults.NONE.withLoss(1));
        pair.network.runFor(SessionPair.IDLE_NS - 2 * SECOND);
        assertThat(pair.gateway.closed).isEmpty();
        pair.network.runFor(2 * SECOND);
        assertThat(pair.gateway.closed).containsExactly(CloseReason.CLIENT_TIMEOUT);
        assertThat(pair.client.closed).containsExactly(CloseReason.GATEWAY_LOST);
        assertThat(pair.client.ended).isEqualTo(1);
        assertThat(pair.gateway.ended).isEqualTo(1);
    }

    @Test
    void anEndWithoutGoodbyeSaysNothing() {
        var pair = new SessionPair(1).connected();
        pair.client.session().end(CloseReason.SESSION_UNKNOWN, pair.network.nowNs());
        assertThat(pair.client.closed).containsExactly(CloseReason.SESSION_UNKNOWN);
        pair.down(0, "anybody?");
        pair.network.runFor(SECOND);
        assertThat(pair.client.refusals).contains(DropReason.NO_SESSION);
        assertThat(pair.gateway.closed).isEmpty();
    }

    @Test
    void closingInTheMidstOfAMessageIsSafe() {
        var pair = new SessionPair(1).connected();
        for (int i = 0; i < 10; i++) {
            pair.up(0, "message " + i);
        }
        pair.gateway.onNextMessage =
                () ->
                        pair.gateway
                                .session()
                                .close(CloseReason.HANDLER_FAILED, pair.network.nowNs());
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.messages).hasSize(1);
        assertThat(pair.gateway.reserved).isZero();
        assertThat(pair.client.closed).containsExactly(CloseReason.HANDLER_FAILED);
    }

    @Test
    void ciphersOfAnIdleSessionAreLetGoAndMadeAgain() {
        var pair = new SessionPair(1).connected();
        pair.network.runFor(6 * SECOND);
        long never = dev.slipgate.protocol.session.Endpoint.NEVER;
        assertThat(pair.gateway.session().ciphers.releaseAtNs(0)).isEqualTo(never);
        assertThat(pair.client.session().ciphers.releaseAtNs(0)).isEqualTo(never);
        pair.up(0, "good morning");
        pair.down(0, "good morning");
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.texts(0)).hasSize(1);
        assertThat(pair.client.texts(0)).hasSize(1);
    }

    @Test
    void whatWasUnderWayIsForgottenAtTheEnd() {
        var pair = new SessionPair(1).connected();
        pair.send(pair.client, 0, Delivery.ORDERED, new byte[100_000]);
        pair.network.runFor(7 * MS);
        assertThat(pair.client.context.contents().inUse()).isPositive();
        pair.client.session().close(CloseReason.CLIENT_CLOSED, pair.network.nowNs());
        pair.network.runFor(SECOND);
        assertThat(pair.client.context.contents().inUse()).isZero();
        assertThat(pair.gateway.reserved).isZero();
    }
}
