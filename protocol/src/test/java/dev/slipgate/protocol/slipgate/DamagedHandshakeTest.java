package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.EndpointNet.CLIENT;
import static dev.slipgate.protocol.slipgate.EndpointNet.GATEWAY;
import static dev.slipgate.protocol.slipgate.EndpointNet.KEY;
import static dev.slipgate.protocol.slipgate.EndpointNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import dev.slipgate.protocol.testnet.NetAddress;
import dev.slipgate.protocol.testnet.NetFaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packets in clear that were cut, altered or made up: none is an exception, none does harm. */
class DamagedHandshakeTest {
    private static final int ROUNDS = 3_000;

    private static EndpointNet net(CarrierKind kind) {
        HandshakeLimits limits =
                HandshakeLimits.defaults()
                        .withComputed(1_000_000, 1_000_000)
                        .withCookieThreshold(1_000_000);
        return new EndpointNet(
                1,
                kind,
                SlipgateServerConfig.defaults().withHandshakes(limits),
                TokenVerifier.ANONYMOUS);
    }

    /** INIT, RESPONSE, COOKIE, REFUSE, RESET and a sealed packet, all of them genuine. */
    private static List<byte[]> genuine() {
        EndpointNet net = EndpointNet.datagrams(2);
        net.connected(CLIENT, new Recorder());
        var packets = new ArrayList<byte[]>(net.sent.stream().map(f -> f.bytes()).toList());
        byte[] init = packets.getFirst();
        byte[] version2 = init.clone();
        version2[5] = 2;
        packets.addAll(net.inject(CLIENT, version2));
        byte[] sealed = packets.get(2).clone();
        sealed[3] ^= 1;
        packets.addAll(net.inject(CLIENT, sealed));
        HandshakeLimits asking = HandshakeLimits.defaults().withCookieThreshold(0);
        packets.addAll(
                EndpointNet.datagrams(3, SlipgateServerConfig.defaults().withHandshakes(asking))
                        .inject(CLIENT, init));
        return packets;
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void aGatewayTakesThemAll(CarrierKind kind) {
        EndpointNet net = net(kind);
        List<byte[]> genuine = genuine();
        var random = new Random(5);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] packet = genuine.get(random.nextInt(genuine.size()));
            net.inject(CLIENT.withPort(i), StrangerFloodTest.mutated(packet, random));
        }
        assertThat(net.server().sessionCount()).isZero();
        assertThat(net.dropped(DropReason.BAD_SIZE)).isPositive();
        net.connected(new NetAddress("another", 1), new Recorder());
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void aClientTakesThemAllBeforeItsSession(CarrierKind kind) {
        List<byte[]> genuine = genuine();
        var random = new Random(6);
        for (int round = 0; round < 30; round++) {
            EndpointNet net = net(kind);
            var listener = new Recorder();
            net.client(CLIENT, listener);
            net.gateway.filter = packet -> EndpointNode.lost();
            net.runFor(10 * MS);
            for (int i = 0; i < ROUNDS / 30; i++) {
                byte[] packet = genuine.get(random.nextInt(genuine.size()));
                net.network.inject(GATEWAY, CLIENT, StrangerFloodTest.mutated(packet, random));
                net.node(CLIENT).runJobs(net.nowNs());
            }
            assertThat(listener.connected).isEmpty();
        }
    }

    @Test
    void aClientTakesThemAllInItsSession() {
        EndpointNet net = net(CarrierKind.DATAGRAM);
        var listener = new Recorder();
        net.connected(CLIENT, listener);
        List<byte[]> genuine = genuine();
        var random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] packet = genuine.get(random.nextInt(genuine.size()));
            net.network.inject(GATEWAY, CLIENT, StrangerFloodTest.mutated(packet, random));
        }
        net.runFor(100 * MS);
        assertThat(listener.closed).isEmpty();
        assertThat(net.server().sessionCount()).isEqualTo(1);
    }

    @Test
    void everyLengthOfEveryKindIsTakenByBoth() {
        EndpointNet net = net(CarrierKind.DATAGRAM);
        net.client(CLIENT, new Recorder());
        for (byte[] packet : genuine()) {
            for (int length = 1; length < packet.length; length++) {
                byte[] cut = Arrays.copyOf(packet, length);
                assertThat(net.inject(CLIENT.withPort(2), cut))
                        .allMatch(a -> a.length <= cut.length);
                net.network.inject(GATEWAY, CLIENT, cut);
            }
        }
    }

    @Test
    void bitsThatFlipOnTheWayDoNotEndTheAttempt() {
        for (int seed = 0; seed < 50; seed++) {
            EndpointNet net = EndpointNet.datagrams(seed);
            net.network.setFaults(NetFaults.NONE.withCorruption(0.2).withDelayNs(150 * MS));
            var listener = new Recorder();
            net.client(CLIENT, listener, KEY, EndpointNet.NO_TOKEN);
            boolean connected = net.runUntil(() -> !listener.connected.isEmpty(), 10_000 * MS);
            assertThat(connected).as("seed %d: %s", seed, listener).isTrue();
        }
    }
}
