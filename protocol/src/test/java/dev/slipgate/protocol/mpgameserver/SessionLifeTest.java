package dev.slipgate.protocol.mpgameserver;

import static dev.slipgate.protocol.mpgameserver.VirtualNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A session from connect to close, on a clean network. */
class SessionLifeTest {
    private static final TestPeer CLIENT = new TestPeer("client", 1);

    private final VirtualNet net = new VirtualNet(1);
    private final RecordingListener clientSide = new RecordingListener();
    private final MpClient client = net.connected(CLIENT, MpClientConfig.defaults(), clientSide);

    private SendResult down(int channel, Delivery delivery, long number, int length) {
        byte[] message = new byte[length];
        if (length > 0) {
            message[0] = (byte) number;
        }
        return net.serverSide.last().send(channel, delivery, number, message, 0, length, net.nowNs);
    }

    private List<Integer> firstBytes() {
        return clientSide.messages.stream().map(m -> (int) m[0]).toList();
    }

    @Test
    void everySizeAroundTheLimitsArrives() {
        int[] sizes = {0, 1, 1024, 1431, 1432, 1433, 1434, 1435, 2047, 2048, 2049, 2451, 2452};
        for (int size : sizes) {
            down(1, Delivery.RELIABLE, 1, size);
            net.send(client, 1, new byte[size]);
        }
        net.runFor(2_000 * MS);
        assertThat(clientSide.messages.stream().map(m -> m.length))
                .containsExactlyInAnyOrder(boxed(sizes));
        assertThat(net.serverSide.messages.stream().map(m -> m.length))
                .containsExactlyInAnyOrder(boxed(sizes));
        assertThat(clientSide.delivered).hasSize(sizes.length);
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    @Test
    void smallMessagesShareAPacket() {
        int before = net.sent.size();
        for (int i = 1; i <= 10; i++) {
            down(1, Delivery.RELIABLE, i, 50);
        }
        net.runUntil(() -> clientSide.messages.size() == 10, 100 * MS);
        assertThat(net.sent.size() - before).isEqualTo(1);
    }

    @Test
    void anOrderedChannelWaitsForEachAckAndNoOtherChannelDoes() {
        down(0, Delivery.ORDERED, 1, 10);
        down(0, Delivery.ORDERED, 2, 10);
        down(7, Delivery.ORDERED, 3, 10);
        net.runUntil(() -> !clientSide.messages.isEmpty(), 100 * MS);
        assertThat(firstBytes()).containsExactly(1, 3);
        net.runUntil(() -> clientSide.messages.size() == 3, 300 * MS);
        assertThat(firstBytes()).containsExactly(1, 3, 2);
        assertThat(net.serverSide.delivered).startsWith(1L, 3L);
    }

    @Test
    void sequencedReplacesItsQueuedPredecessorOfTheSameChannel() {
        down(1, Delivery.RELIABLE, 9, 10);
        net.drainAll();
        down(2, Delivery.SEQUENCED, 1, 10);
        down(4, Delivery.SEQUENCED, 2, 10);
        down(2, Delivery.SEQUENCED, 3, 20);
        net.runUntil(() -> clientSide.messages.size() == 3, 100 * MS);
        net.runFor(300 * MS);
        assertThat(firstBytes()).containsExactlyInAnyOrder(9, 3, 2);
        assertThat(net.serverSide.delivered).containsExactly(9L);
    }

    @Test
    void theOldestUnreliableGivesWayAtTheBound() {
        down(1, Delivery.RELIABLE, 100, 10);
        net.drainAll();
        for (int i = 1; i <= 70; i++) {
            assertThat(down(3, Delivery.UNRELIABLE, i, 10)).isEqualTo(SendResult.QUEUED);
        }
        net.runFor(300 * MS);
        assertThat(net.dropped(DropReason.UNRELIABLE_OVERFLOW)).isEqualTo(6);
        assertThat(firstBytes()).hasSize(65).doesNotContain(6).contains(7, 70);
    }

    @Test
    void anUnreliableMessageIsSentOnce() {
        net.faults = new VirtualNet.Faults(1, 0, MS, 0);
        down(3, Delivery.UNRELIABLE, 1, 10);
        net.runFor(200 * MS);
        net.faults = VirtualNet.Faults.NONE;
        net.runFor(2_000 * MS);
        assertThat(clientSide.messages).isEmpty();
    }

    @Test
    void aFullQueuePushesBackAndATooLargeMessageIsRefused() {
        assertThat(down(1, Delivery.RELIABLE, 1, 256 * 1024 + 1)).isEqualTo(SendResult.TOO_LARGE);
        SendResult result = SendResult.QUEUED;
        int taken = 0;
        while (result == SendResult.QUEUED && taken < 10_000) {
            result = down(1, Delivery.RELIABLE, ++taken, 10_000);
        }
        assertThat(result).isEqualTo(SendResult.BACKPRESSURED);
        assertThat(taken).isBetween(100, 106);
        int expected = taken - 1;
        assertThat(net.runUntil(() -> clientSide.messages.size() == expected, 60_000 * MS))
                .isTrue();
    }

    @Test
    void packetsArePacedAndAnIdleConnectionSendsAtOnce() {
        for (int i = 0; i < 5; i++) {
            down(1, Delivery.RELIABLE, 1, 1400);
        }
        long startNs = net.nowNs;
        net.runUntil(() -> clientSide.messages.size() == 5, 1_000 * MS);
        List<Long> times = new ArrayList<>();
        for (VirtualNet.Datagram datagram : net.sent) {
            if (datagram.to.equals(CLIENT) && datagram.bytes.length > 1000) {
                times.add(datagram.atNs);
            }
        }
        assertThat(times.getFirst() - startNs).isLessThan(17 * MS);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(16 * MS, 18 * MS);
        }
    }

    @Test
    void neverMoreIsOutThanTheOriginalCanAcknowledge() {
        net.faults = new VirtualNet.Faults(0, 0, 900 * MS, 0);
        for (int i = 1; i <= 3000; i++) {
            down(1, Delivery.RELIABLE, i, 3);
        }
        var session = (MpSession) net.serverSide.last();
        net.runUntil(
                () -> {
                    assertThat(session.sender().messagesOutstanding()).isLessThanOrEqualTo(255);
                    assertThat(session.sender().packets().outstanding()).isLessThanOrEqualTo(32);
                    return clientSide.messages.size() == 3000;
                },
                120_000 * MS);
        assertThat(clientSide.messages).hasSize(3000);
    }

    @Test
    void aClientThatReadsSlowlyIsNotSentMoreThanItReads() {
        net.readsPerSecond = 30;
        for (int i = 1; i <= 400; i++) {
            down(1, Delivery.RELIABLE, i, 1400);
        }
        net.send(client, 1, new byte[50_000]);
        net.runFor(3_000 * MS);
        long longestNs = 0;
        for (int i = 0; i < 60; i++) {
            net.runFor(100 * MS);
            longestNs = Math.max(longestNs, net.longestWaitNs());
        }
        assertThat(longestNs).isLessThan(600 * MS);
        assertThat(net.runUntil(() -> clientSide.messages.size() == 400, 20_000 * MS)).isTrue();
        assertThat(net.clientDrops.total(DropReason.DUPLICATE_MESSAGE)).isLessThan(20);
    }

    @Test
    void anAckLeavesSoonWithoutDataToCarryIt() {
        net.runFor(50 * MS);
        net.send(client, 1, new byte[10]);
        long startNs = net.nowNs;
        assertThat(net.runUntil(() -> !clientSide.delivered.isEmpty(), 100 * MS)).isTrue();
        assertThat(net.nowNs - startNs).isBetween(33 * MS, 40 * MS);
    }

    @Test
    void keepAlivesGoBothWaysWhileNothingElseDoes() {
        int before = net.sent.size();
        net.runFor(1_000 * MS);
        assertThat(net.sent.size() - before).isBetween(18, 22);
        assertThat(net.sent.getLast().bytes).hasSize(36);
    }

    @Test
    void silenceEndsTheSessionOnBothSides() {
        net.faults = new VirtualNet.Faults(1, 0, MS, 0);
        net.runFor(4_800 * MS);
        assertThat(net.serverSide.closed).isEmpty();
        net.runFor(400 * MS);
        assertThat(net.serverSide.closed).containsExactly(CloseReason.CLIENT_TIMEOUT);
        assertThat(clientSide.closed).containsExactly(CloseReason.GATEWAY_LOST);
        assertThat(net.server.sessionCount()).isZero();
        assertThat(net.server.nextTimeoutNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aClientsGoodbyeIsAnsweredWithTheServersOwn() {
        var session = (MpSession) net.serverSide.last();
        client.close(CloseReason.CLIENT_CLOSED, net.nowNs);
        net.runFor(50 * MS);
        assertThat(net.serverSide.closed).containsExactly(CloseReason.CLIENT_CLOSED);
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(Wire.type(net.sent.getLast().bytes, 0)).isEqualTo(Wire.DISCONNECT);
        assertThat(net.sent.getLast().to).isEqualTo(CLIENT);
        assertThat(session.send(1, Delivery.RELIABLE, 1, new byte[1], 0, 1, net.nowNs))
                .isEqualTo(SendResult.CLOSED);
    }

    @Test
    void theServersGoodbyeClosesTheClient() {
        net.server.close(CloseReason.GATEWAY_STOPPING, net.nowNs);
        net.runFor(50 * MS);
        assertThat(net.serverSide.closed).containsExactly(CloseReason.GATEWAY_STOPPING);
        assertThat(clientSide.closed).containsExactly(CloseReason.APP_CLOSED);
        assertThat(net.server.sessionCount()).isZero();
    }

    @Test
    void aPacketForWhichThereIsNoRoomIsTakenWhenItComesAgain() {
        net.serverSide.roomLimit = 0;
        net.send(client, 1, new byte[100]);
        net.send(client, 2, new byte[5000]);
        net.runFor(500 * MS);
        assertThat(net.dropped(DropReason.HOLD_FULL)).isPositive();
        assertThat(clientSide.delivered).isEmpty();
        net.serverSide.roomLimit = Long.MAX_VALUE;
        assertThat(net.runUntil(() -> clientSide.delivered.size() == 2, 3_000 * MS)).isTrue();
        assertThat(net.serverSide.messages).hasSize(2);
    }

    @Test
    void aBestEffortMessageIsSentAgainForASecond() {
        net.faults = new VirtualNet.Faults(1, 0, MS, 0);
        client.send(RetryMode.BEST_EFFORT, 1, new byte[10], 0, 10, net.nowNs);
        net.runFor(500 * MS);
        net.faults = VirtualNet.Faults.NONE;
        assertThat(net.runUntil(() -> net.serverSide.messages.size() == 1, 300 * MS)).isTrue();
        net.runFor(1_500 * MS);
        assertThat(net.serverSide.messages).hasSize(1);
        assertThat(clientSide.delivered).isEmpty();
    }

    @Test
    void aBestEffortMessageIsGivenUpAfterItsTimeout() {
        net.faults = new VirtualNet.Faults(1, 0, MS, 0);
        client.send(RetryMode.BEST_EFFORT, 1, new byte[10], 0, 10, net.nowNs);
        client.send(RetryMode.NONE, 2, new byte[10], 0, 10, net.nowNs);
        client.send(RetryMode.RETRY_ON_TIMEOUT, 3, new byte[10], 0, 10, net.nowNs);
        net.runFor(1_500 * MS);
        net.faults = VirtualNet.Faults.NONE;
        net.runFor(3_000 * MS);
        assertThat(net.serverSide.messages).hasSize(1);
        assertThat(clientSide.delivered).containsExactly(3L);
    }

    @Test
    void capturesPlayedAgainChangeNothing() {
        net.send(client, 1, new byte[5000]);
        down(1, Delivery.RELIABLE, 1, 300);
        net.runFor(1_000 * MS);
        int messages = net.serverSide.messages.size();
        Session session = net.serverSide.last();
        long received = session.stats().packetsReceived;
        for (VirtualNet.Datagram datagram : List.copyOf(net.sent)) {
            net.inject(CLIENT, datagram.bytes);
            net.inject(CLIENT, Arrays.copyOf(datagram.bytes, datagram.bytes.length / 2));
        }
        net.drainAll();
        assertThat(net.serverSide.messages).hasSize(messages);
        assertThat(net.serverSide.closed).isEmpty();
        assertThat(session.stats().packetsReceived).isEqualTo(received);
        assertThat(net.dropped(DropReason.REPLAYED_PACKET)).isPositive();
        assertThat(net.server.sessionCount()).isEqualTo(1);
    }

    @Test
    void aClosedServerTakesNobody() {
        net.server.close(CloseReason.GATEWAY_STOPPING, net.nowNs);
        MpClient late = net.client(new TestPeer("late", 2), MpClientConfig.defaults(), clientSide);
        net.runFor(2_500 * MS);
        assertThat(late.state()).isEqualTo(ClientState.TIMED_OUT);
        assertThat(net.server.handshakeCount()).isZero();
    }

    @Test
    void theHistoryHasABinPerSecond() {
        var history = new SecondHistory(0);
        history.onSent(100, 10 * MS);
        history.onReceived(50, 7, 20 * MS);
        history.onSent(30, 1_500 * MS);
        history.onSent(30, 1_600 * MS);
        assertThat(history.packetsSent(0)).isEqualTo(2);
        assertThat(history.bytesSent(0)).isEqualTo(60);
        assertThat(history.packetsSent(1)).isEqualTo(1);
        assertThat(history.packetsReceived(1)).isEqualTo(1);
        assertThat(history.bytesReceived(1)).isEqualTo(50);
        assertThat(history.latencyNs(1)).isEqualTo(7);
        history.onSent(1, 302_000 * MS);
        assertThat(history.packetsSent(0)).isEqualTo(1);
        assertThat(history.bytesSent(SecondHistory.SECONDS - 1)).isZero();
    }

    @Test
    void aClientKeepsAHistoryWhenAsked() {
        assertThat(client.history()).isNull();
        var asking =
                new MpClient(
                        MpClientConfig.defaults(),
                        VirtualNet.CRYPTO,
                        net.random,
                        clientSide,
                        net.clientDrops,
                        new BytePool(0),
                        VirtualNet.EPOCH_NS);
        asking.keepHistory();
        net.clients.put(new TestPeer("asking", 2), asking);
        asking.connect(VirtualNet.SERVER, null, net.nowNs);
        net.runFor(3_000 * MS);
        assertThat(Objects.requireNonNull(asking.history()).packetsSent(1)).isBetween(9, 11);
        assertThat(asking.history().packetsReceived(1)).isBetween(9, 11);
    }

    @Test
    void statisticsAreThoseOfTheOriginal() {
        net.send(client, 1, new byte[100]);
        net.runFor(1_000 * MS);
        var stats = ((MpSession) client.session()).stats();
        assertThat(stats.messagesSent).isEqualTo(1);
        assertThat(stats.packetsSent).isBetween(10L, 14L);
        assertThat(stats.packetsAcked).isPositive();
        assertThat(stats.packetsTimedOut).isZero();
        assertThat(stats.rttNs).isBetween(2 * MS, 50 * MS);
        assertThat(stats.latencyNs).isBetween(MS, 25 * MS);
        assertThat(net.serverSide.last().stats().messagesReceived).isEqualTo(1);
    }
}
