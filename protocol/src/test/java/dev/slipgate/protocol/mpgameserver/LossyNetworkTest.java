package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything arrives once, both ways, whatever the network does. */
class LossyNetworkTest {
    private static final int MESSAGES = 400;
    private static final TestPeer CLIENT = new TestPeer("client", 1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyReliableMessageArrivesOnceAndWhole(long seed) {
        var net = new VirtualNet(seed);
        var clientSide = new RecordingListener();
        net.faults = VirtualNet.Faults.BAD;
        MpClient client = net.connected(CLIENT, MpClientConfig.defaults(), clientSide);
        List<byte[]> up = messages(seed, MESSAGES);
        List<byte[]> down = messages(~seed, MESSAGES);
        int[] sent = new int[2];
        boolean done =
                net.runUntil(
                        () -> {
                            offerUp(net, client, up, sent);
                            offerDown(net, down, sent);
                            bounds(client, net);
                            return clientSide.delivered.size() == MESSAGES
                                    && net.serverSide.delivered.size() == MESSAGES;
                        },
                        3_600_000 * VirtualNet.MS);
        assertThat(done).as("seed %d, closed %s", seed, net.serverSide.closed).isTrue();
        net.runFor(1_000 * VirtualNet.MS);
        assertSame(net.serverSide.messages, up, seed);
        assertSame(clientSide.messages, down, seed);
        assertThat(net.serverSide.reserved).isZero();
        assertThat(clientSide.reserved).isZero();
    }

    private static void offerUp(VirtualNet net, MpClient client, List<byte[]> up, int[] sent) {
        while (sent[0] < up.size()
                && net.send(client, sent[0] + 1, up.get(sent[0])) == SendResult.QUEUED) {
            sent[0]++;
        }
    }

    private static void offerDown(VirtualNet net, List<byte[]> down, int[] sent) {
        while (sent[1] < down.size()) {
            byte[] message = down.get(sent[1]);
            Delivery delivery = sent[1] % 7 == 0 ? Delivery.ORDERED : Delivery.RELIABLE;
            SendResult result =
                    net.serverSide
                            .last()
                            .send(
                                    delivery.ordinal(),
                                    delivery,
                                    sent[1] + 1,
                                    message,
                                    0,
                                    message.length,
                                    net.nowNs);
            if (result != SendResult.QUEUED) {
                return;
            }
            sent[1]++;
        }
    }

    private static void bounds(MpClient client, VirtualNet net) {
        for (MpSession session :
                new MpSession[] {(MpSession) client.session(), (MpSession) net.serverSide.last()}) {
            assertThat(session.sender().messagesOutstanding()).isLessThanOrEqualTo(PartWindow.SPAN);
            assertThat(session.sender().packets().outstanding())
                    .isLessThanOrEqualTo(SentPackets.SPAN);
        }
    }

    private static List<byte[]> messages(long seed, int count) {
        var random = new Random(seed);
        var messages = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            int length = (int) Math.exp(random.nextDouble() * Math.log(100_000));
            byte[] message = new byte[Math.max(length, 1)];
            random.nextBytes(message);
            messages.add(message);
        }
        return messages;
    }

    private static void assertSame(List<byte[]> got, List<byte[]> expected, long seed) {
        assertThat(sorted(got)).as("seed %d", seed).isEqualTo(sorted(expected));
    }

    private static List<String> sorted(List<byte[]> messages) {
        return messages.stream().map(m -> m.length + ":" + Arrays.hashCode(m)).sorted().toList();
    }
}
