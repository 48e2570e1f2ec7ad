package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.CLIENT;
import static dev.slipgate.protocol.slipgate.SessionPair.GATEWAY;
import static dev.slipgate.protocol.slipgate.SessionPair.MS;
import static dev.slipgate.protocol.slipgate.SessionPair.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.testnet.NetAddress;
import dev.slipgate.protocol.testnet.NetFaults;
import dev.slipgate.protocol.testnet.TestNetwork.Flight;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** A client whose address changes, and somebody who pretends that it did. */
class SessionPathTest {
    private static final NetAddress ELSEWHERE = new NetAddress("thief", 666);

    private final SessionPair pair = new SessionPair(1).connected();

    private void settleFirst() {
        pair.up(0, "hello");
        pair.down(0, "hello");
        pair.network.runFor(SECOND);
    }

    @Test
    void aClientWithANewPortGoesOn() {
        settleFirst();
        NetAddress newPort = CLIENT.withPort(2);
        pair.network.rebind(pair.client, newPort);
        pair.up(0, "from a new port");
        pair.network.runFor(100 * MS);
        pair.down(0, "to the new port");
        pair.network.runFor(100 * MS);
        assertThat(pair.gateway.session().peer()).isEqualTo(newPort);
        assertThat(pair.client.texts(0)).containsExactly("hello", "to the new port");
        assertThat(pair.gateway.session().stats().pathChanges).isEqualTo(1);
        assertThat(pair.gateway.session().paths.allowanceBytes()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theRoundTripOfAnotherPortStands() {
        settleFirst();
        pair.network.rebind(pair.client, CLIENT.withPort(2));
        pair.up(0, "from a new port");
        pair.network.runFor(100 * MS);
        assertThat(pair.gateway.session().recovery.rtt().sampled()).isTrue();
    }

    @Test
    void anotherHostIsAnotherPath() {
        settleFirst();
        pair.gateway.session().recovery.rtt();
        pair.network.rebind(pair.client, ELSEWHERE);
        long window = pair.gateway.session().recovery.windowBytes();
        pair.up(0, "from another host");
        pair.network.runUntil(() -> pair.gateway.session().stats().pathChanges == 1, SECOND);
        assertThat(pair.gateway.session().recovery.windowBytes()).isLessThanOrEqualTo(window);
        assertThat(pair.gateway.session().paths.current()).isEqualTo(ELSEWHERE);
        pair.down(0, "and back");
        assertThat(pair.network.runUntil(pair::settled, SECOND)).isTrue();
    }

    @Test
    void aRebindingEverySecondOnALossyPathLosesNothing() {
        pair.with(new NetFaults(0.05, 0.02, 0, 10 * MS, 5 * MS));
        for (int i = 0; i < 500; i++) {
            if (i % 50 == 0) {
                pair.network.rebind(pair.client, CLIENT.withPort(100 + i));
            }
            pair.up(0, "up " + i);
            pair.down(1, "down " + i);
            pair.network.runFor(20 * MS);
        }
        assertThat(pair.network.runUntil(pair::settled, 20 * SECOND)).isTrue();
        assertThat(pair.gateway.texts(0)).hasSize(500).doesNotHaveDuplicates();
        assertThat(pair.client.texts(1)).hasSize(500).doesNotHaveDuplicates();
    }

    @Test
    void anAddressThatDoesNotAnswerGetsAtMostThreeTimesItsBytesAndIsGivenUp() {
        settleFirst();
        var toThief = new ArrayList<Flight>();
        pair.network.tap(
                flight -> {
                    if (flight.to().equals(ELSEWHERE)) {
                        toThief.add(flight);
                    }
                });
        var stolen = new ArrayList<byte[]>();
        pair.network.tap(
                flight -> {
                    if (flight.from().equals(CLIENT)) {
                        stolen.add(flight.bytes());
                    }
                });
        pair.up(3, "overheard");
        pair.network.runUntil(() -> !stolen.isEmpty(), 0);
        pair.network.inject(ELSEWHERE, GATEWAY, stolen.getFirst());
        assertThat(pair.gateway.session().peer()).isEqualTo(ELSEWHERE);
        pair.send(pair.gateway, 0, Delivery.ORDERED, new byte[20_000]);
        pair.network.runFor(20 * MS);
        long received = stolen.getFirst().length;
        long sent = toThief.stream().mapToLong(flight -> flight.bytes().length).sum();
        assertThat(sent).isPositive().isLessThanOrEqualTo(3 * received);
        pair.network.runFor(SECOND);
        assertThat(pair.gateway.session().peer()).isEqualTo(CLIENT);
        assertThat(pair.network.runUntil(pair::settled, 5 * SECOND)).isTrue();
        assertThat(pair.gateway.session().stats().pathChanges).isZero();
    }

    @Test
    void aNewerPacketFromTheOldAddressSettlesIt() {
        settleFirst();
        byte[] copy = ForgedPacket.of(Side.CLIENT, 20, writer -> writer.tryPing());
        pair.network.inject(ELSEWHERE, GATEWAY, copy);
        assertThat(pair.gateway.session().peer()).isEqualTo(ELSEWHERE);
        byte[] newer = ForgedPacket.of(Side.CLIENT, 21, writer -> writer.tryPing());
        pair.network.inject(CLIENT, GATEWAY, newer);
        assertThat(pair.gateway.session().peer()).isEqualTo(CLIENT);
    }

    @Test
    void anOlderPacketFromElsewhereMovesNothing() {
        settleFirst();
        pair.network.inject(
                CLIENT, GATEWAY, ForgedPacket.of(Side.CLIENT, 21, writer -> writer.tryPing()));
        pair.network.inject(
                ELSEWHERE, GATEWAY, ForgedPacket.of(Side.CLIENT, 20, writer -> writer.tryPing()));
        assertThat(pair.gateway.session().peer()).isEqualTo(CLIENT);
    }

    @Test
    void theRightAnswerFromTheWrongAddressValidatesNothing() {
        settleFirst();
        var paths = new Paths(CLIENT, new java.util.Random(1));
        paths.onPacket(ELSEWHERE, true, 100, SECOND, 0);
        assertThat(paths.challengeDue(0)).isTrue();
        assertThat(paths.onResponse(CLIENT, paths.challenge())).isFalse();
        assertThat(paths.onResponse(ELSEWHERE, paths.challenge() + 1)).isFalse();
        assertThat(paths.changes()).isZero();
        assertThat(paths.onResponse(ELSEWHERE, paths.challenge())).isTrue();
        assertThat(paths.changes()).isEqualTo(1);
    }
}
