package dev.slipgate.protocol.mpgameserver;

import static dev.slipgate.protocol.mpgameserver.VirtualNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a session comes about, and what does not stop it. */
class HandshakeTest {
    private static final TestPeer CLIENT = new TestPeer("client", 1);
    private static final TestPeer OTHER = new TestPeer("client", 2);
    private static final byte[] HELLO_THERE = "hello there".getBytes(StandardCharsets.US_ASCII);

    private final VirtualNet net = new VirtualNet(1);
    private final RecordingListener clientSide = new RecordingListener();

    @Test
    void bothSidesConnectInOneRoundTrip() {
        MpClient client = net.connected(CLIENT, MpClientConfig.defaults(), clientSide);
        assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(net.server.sessionCount()).isEqualTo(1);
        assertThat(net.server.handshakeCount()).isZero();
        assertThat(clientSide.connected).hasSize(1);
        assertThat(net.sent).hasSize(3);
    }

    @Test
    void theSessionIdHasTheLoopsBits() {
        net.connected(CLIENT, MpClientConfig.defaults(), clientSide);
        assertThat(net.serverSide.last().id() >>> 56).isEqualTo(3);
    }

    @Test
    void theHandshakeHasTheSizesOfTheOriginal() {
        net.connected(CLIENT, MpClientConfig.defaults(), clientSide);
        assertThat(net.sent.get(0).bytes).hasSize(1438);
        assertThat(net.sent.get(1).bytes.length).isBetween(326, 330);
        assertThat(net.sent.get(2).bytes).hasSize(49);
    }

    @Test
    void theSameHelloGetsTheSameBytesWithoutAnotherJob() {
        net.client(CLIENT, MpClientConfig.defaults(), clientSide);
        net.drainAll();
        byte[] hello = net.sent.get(0).bytes;
        net.clients.clear();
        net.runFor(10 * MS);
        net.inject(CLIENT, hello);
        assertThat(net.server.pollJob()).isNull();
        net.runFor(10 * MS);
        assertThat(net.sent).hasSize(3);
        assertThat(net.sent.get(2).bytes).isEqualTo(net.sent.get(1).bytes);
    }

    @Test
    void aLostHelloIsSaidAgain() {
        net.faults = new VirtualNet.Faults(1, 0, MS, 0);
        MpClient client = net.client(CLIENT, MpClientConfig.defaults(), clientSide);
        net.runFor(100 * MS);
        net.faults = VirtualNet.Faults.NONE;
        assertThat(net.runUntil(() -> net.server.sessionCount() == 1, 1_000 * MS)).isTrue();
        assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void aLostChallengeResponseStrandsNobody() {
        MpClient client = net.client(CLIENT, MpClientConfig.defaults(), clientSide);
        net.runUntil(() -> client.state() == ClientState.CONNECTED, 100 * MS);
        assertThat(net.sent).hasSizeGreaterThanOrEqualTo(2);
        // What led was lost; the message that follows in a packet of its own proves as much.
        net.faults = new VirtualNet.Faults(1, 0, MS, 0);
        net.drainAll();
        net.serverSide.connected.clear();
        net.faults = VirtualNet.Faults.NONE;
        assertThat(net.send(client, 1, HELLO_THERE)).isEqualTo(SendResult.QUEUED);
        assertThat(net.runUntil(() -> !net.serverSide.messages.isEmpty(), 500 * MS)).isTrue();
        assertThat(net.serverSide.connected).hasSize(1);
        assertThat(net.serverSide.messages.getFirst()).isEqualTo(HELLO_THERE);
    }

    @Test
    void anotherHelloFromALiveAddressNeitherKillsNorStealsTheSession() {
        MpClient client = net.connected(CLIENT, MpClientConfig.defaults(), clientSide);
        byte[] foreign = helloOf(OTHER);
        net.inject(CLIENT, foreign);
        net.runFor(3_000 * MS);
        assertThat(net.server.sessionCount()).isEqualTo(1);
        assertThat(net.serverSide.closed).isEmpty();
        net.send(client, 1, HELLO_THERE);
        assertThat(net.runUntil(() -> clientSide.delivered.size() == 1, 500 * MS)).isTrue();
    }

    @Test
    void aClientThatCrashedComesBackFromTheSamePort() {
        net.connected(CLIENT, MpClientConfig.defaults(), clientSide);
        var again = new RecordingListener();
        net.connected(CLIENT, MpClientConfig.defaults(), again);
        assertThat(net.serverSide.closed).containsExactly(CloseReason.CLIENT_CLOSED);
        assertThat(net.serverSide.closedSessions.getFirst())
                .isSameAs(net.serverSide.connected.getFirst());
        assertThat(net.server.sessionCount()).isEqualTo(1);
        net.runFor(2_000 * MS);
        assertThat(again.closed).isEmpty();
    }

    @Test
    void aLateCopyOfTheSessionsOwnHelloIsDropped() {
        net.connected(CLIENT, MpClientConfig.defaults(), clientSide);
        net.inject(CLIENT, net.sent.get(0).bytes);
        assertThat(net.dropped(DropReason.HELLO_ON_LIVE_SESSION)).isEqualTo(1);
        assertThat(net.server.pollJob()).isNull();
    }

    @Test
    void aStrangerThatDoesNotGoOnIsForgotten() {
        net.inject(CLIENT, helloOf(OTHER));
        net.runFor(10 * MS);
        assertThat(net.server.handshakeCount()).isEqualTo(1);
        net.runFor(2_000 * MS);
        assertThat(net.server.handshakeCount()).isZero();
        assertThat(net.server.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aResultThatComesAfterTheStrangerWasForgottenIsDropped() {
        net.runsJobs = false;
        net.inject(CLIENT, helloOf(OTHER));
        var job = Objects.requireNonNull(net.server.pollJob());
        net.runFor(2_100 * MS);
        job.run();
        int before = net.sent.size();
        net.server.onJobDone(job, net.nowNs);
        net.drainAll();
        assertThat(net.sent).hasSize(before);
    }

    @Test
    void aServerWithAnotherRootKeyIsRefused() {
        var client =
                new MpClient(
                        MpClientConfig.defaults(),
                        VirtualNet.CRYPTO,
                        net.random,
                        clientSide,
                        new DropCounter(),
                        new BytePool(0),
                        VirtualNet.EPOCH_NS);
        net.clients.put(CLIENT, client);
        client.connect(VirtualNet.SERVER, VirtualNet.CRYPTO.generateP256().getPublic(), net.nowNs);
        net.runFor(2_500 * MS);
        assertThat(client.state()).isEqualTo(ClientState.REFUSED);
        assertThat(clientSide.connected).isEmpty();
        assertThat(net.serverSide.connected).isEmpty();
    }

    @Test
    void noAnswerAtAllTimesOut() {
        net.faults = new VirtualNet.Faults(1, 0, MS, 0);
        MpClient client = net.client(CLIENT, MpClientConfig.defaults(), clientSide);
        net.runFor(2_500 * MS);
        assertThat(client.state()).isEqualTo(ClientState.TIMED_OUT);
        assertThat(client.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void noAnswerIsLargerThanItsHello() {
        net.faults = new VirtualNet.Faults(0.2, 0.2, 5 * MS, 5 * MS);
        for (int i = 0; i < 10; i++) {
            net.client(new TestPeer("client", 10 + i), MpClientConfig.defaults(), clientSide);
        }
        net.runFor(1_000 * MS);
        List<VirtualNet.Datagram> answers =
                net.sent.stream().filter(d -> Wire.type(d.bytes, 0) == Wire.SERVER_HELLO).toList();
        assertThat(answers).isNotEmpty().allMatch(d -> d.bytes.length < 1438);
    }

    private byte[] helloOf(TestPeer from) {
        var elsewhere = new VirtualNet(from.port());
        elsewhere.client(from, MpClientConfig.defaults(), new RecordingListener());
        elsewhere.drainAll();
        return elsewhere.sent.getFirst().bytes;
    }
}
