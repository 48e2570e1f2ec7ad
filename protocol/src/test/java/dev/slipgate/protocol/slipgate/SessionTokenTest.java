package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.MS;
import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.testnet.NetFaults;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's token, and what comes before it is accepted. */
class SessionTokenTest {
    private final SessionPair pair = new SessionPair(4);

    private void start(int tokenBytes) {
        var token = new byte[tokenBytes];
        new Random(tokenBytes).nextBytes(token);
        pair.client.session().startAsClient(1, token, pair.network.nowNs());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 1200, 4096})
    void aTokenOfAnySizeArrivesWhole(int size) {
        pair.with(NetFaults.BAD);
        start(size);
        pair.up(0, "right behind");
        pair.network.runFor(3 * SECOND);
        var expected = new byte[size];
        new Random(size).nextBytes(expected);
        assertThat(pair.gateway.token).isEqualTo(expected);
        assertThat(pair.gateway.proven).isEqualTo(1);
        assertThat(pair.gateway.connected).isEqualTo(1);
        assertThat(pair.gateway.texts(0)).containsExactly("right behind");
    }

    @Test
    void whatCameBeforeTheVerdictIsHandedOnAfterIt() {
        pair.gateway.accepts = false;
        start(10);
        pair.client.session().sendAttach(new Attach(true, 1, 0, List.of()), pair.network.nowNs());
        pair.up(0, "early");
        pair.send(pair.client, 1, Delivery.RELIABLE, new byte[5_000]);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.session().tokenSort()).isEqualTo(1);
        assertThat(pair.gateway.connected).isZero();
        assertThat(pair.gateway.messages).isEmpty();
        assertThat(pair.gateway.attaches).isEmpty();
        assertThat(pair.client.delivered).as("kept, so acknowledged").hasSize(2);
        pair.gateway.session().accepted("anna", pair.network.nowNs());
        assertThat(pair.gateway.connected).isEqualTo(1);
        assertThat(pair.gateway.messages).hasSize(2);
        assertThat(pair.gateway.attaches).hasSize(1);
        assertThat(pair.gateway.session().identity()).isEqualTo("anna");
    }

    @Test
    void moreThanTheBoundIsLeftUnrecordedAndComesAgain() {
        pair.gateway.accepts = false;
        start(10);
        pair.network.runFor(50 * MS);
        pair.send(pair.client, 0, Delivery.ORDERED, new byte[100_000]);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.refusals).contains(DropReason.HOLD_FULL);
        pair.gateway.session().accepted("", pair.network.nowNs());
        assertThat(pair.network.runUntil(pair::settled, 20 * SECOND)).isTrue();
        assertThat(pair.gateway.messages).hasSize(1);
    }

    @Test
    void aRefusedClientIsToldWhy() {
        pair.gateway.accepts = false;
        start(10);
        pair.network.runFor(50 * MS);
        pair.gateway.session().refused("banned", pair.network.nowNs());
        pair.network.runFor(50 * MS);
        assertThat(pair.client.closed).containsExactly(CloseReason.TOKEN_REFUSED);
        assertThat(pair.client.session().closeText()).isEqualTo("banned");
        assertThat(pair.gateway.closed).as("it was never connected").isEmpty();
        pair.network.runFor(5 * SECOND);
        assertThat(pair.gateway.ended).isEqualTo(1);
    }

    @Test
    void aClientThatSendsNoTokenIsRefusedAfterFiveSeconds() {
        pair.network.inject(
                SessionPair.CLIENT,
                SessionPair.GATEWAY,
                ForgedPacket.of(Side.CLIENT, 0, writer -> writer.tryPing()));
        assertThat(pair.gateway.proven).isEqualTo(1);
        assertThat(pair.network.runUntil(() -> pair.gateway.ended == 1, 4 * SECOND)).isFalse();
        assertThat(pair.network.runUntil(() -> pair.gateway.ended == 1, 5 * SECOND)).isTrue();
    }

    @Test
    void aVerdictAfterTheEndIsHarmless() {
        pair.gateway.accepts = false;
        start(10);
        pair.network.runFor(50 * MS);
        pair.client.session().close(CloseReason.CLIENT_CLOSED, pair.network.nowNs());
        pair.network.runFor(50 * MS);
        pair.gateway.session().accepted("late", pair.network.nowNs());
        pair.gateway.session().refused("late", pair.network.nowNs());
        assertThat(pair.gateway.connected).isZero();
        assertThat(pair.gateway.ended).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void anUnprovenSessionSaysNothing(CarrierKind kind) {
        var fresh = new SessionPair(4, SessionPair.agreed(kind));
        assertThat(fresh.down(0, "too early"))
                .isEqualTo(dev.slipgate.protocol.session.SendResult.CLOSED);
        fresh.gateway.session().close(CloseReason.GATEWAY_STOPPING, fresh.network.nowNs());
        fresh.network.runFor(SECOND);
        assertThat(fresh.gateway.ended).isEqualTo(1);
        assertThat(fresh.gateway.closed).isEmpty();
        assertThat(fresh.gateway.session().stats().packetsSent).isZero();
    }
}
