package dev.slipgate.fabric.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.fabric.node.NodeLaneConfig;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinkStoryTest {
    private final SmallCluster cluster = new SmallCluster(1);
    private final SmallCluster.Node node = cluster.nodes.getFirst();

    private void echo() {
        node.app = (connection, channel, bytes) -> connection.send(channel, bytes);
    }

    @Test
    void aClientThatComesBeforeAnyNodeWaitsForOneWithWhatItSent() {
        var empty = new SmallCluster(0);
        FakeSession session = empty.connect();
        session.clientSends("early", empty.nowNs);
        empty.pass(1000);
        assertThat(empty.gateway.stats().parkedConnections()).isEqualTo(1);
        var late = empty.addNode(5, NodeLaneConfig.defaults());
        empty.pass(1000);
        assertThat(late.seen).containsExactly("connect", "early");
    }

    @Test
    void aClientIsSentAwayWhenNoNodeComesInTime() {
        var empty = new SmallCluster(0);
        FakeSession session = empty.connect();
        empty.pass(6000);
        assertThat(session.closed).isEqualTo(CloseReason.NO_NODE);
        assertThat(empty.gateway.stats().connections()).isZero();
        assertThat(empty.gateway.stats().parkedConnections()).isZero();
    }

    @Test
    void twoNodesShareTheConnections() {
        var two = new SmallCluster(2);
        two.settle();
        for (int i = 0; i < 100; i++) {
            two.connect();
        }
        two.settle();
        int first = two.nodes.get(0).connections.size();
        int second = two.nodes.get(1).connections.size();
        assertThat(first + second).isEqualTo(100);
        assertThat(Math.abs(first - second)).isLessThanOrEqualTo(2);
    }

    @Test
    void aNodeKilledInTheMiddleOfAUnitLeavesNothingOfItBehind() {
        node.app =
                (connection, channel, bytes) -> {
                    connection.send(0, new byte[200_000]);
                    connection.send(0, new byte[200_000]);
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("go", cluster.nowNs);
        cluster.poll(cluster.gateway);
        cluster.deliver(cluster.bus.remove());
        node.runs.remove().run();
        node.lane.onWakeup(cluster.nowNs);
        cluster.poll(node.lane);
        for (int i = cluster.bus.size() / 2; i > 0; i--) {
            cluster.deliver(cluster.bus.remove());
        }
        assertThat(cluster.gateway.stats().keptMessages()).isEqualTo(1);
        cluster.kill(node);
        assertThat(session.given).isEmpty();
        assertThat(session.closed).isEqualTo(CloseReason.NODE_LOST);
        assertThat(cluster.gateway.stats().connections()).isZero();
        assertThat(cluster.gateway.stats().keptBytes()).isZero();
    }

    @Test
    void aLostBatchEndsTheEpochAndTheLinkComesBack() {
        cluster.settle();
        FakeSession session = cluster.connect();
        cluster.settle();
        cluster.passes = _ -> false;
        session.clientSends("lost", cluster.nowNs);
        cluster.settle();
        cluster.passes = _ -> true;
        session.clientSends("behind the gap", cluster.nowNs);
        cluster.pass(100);
        assertThat(session.closed).isEqualTo(CloseReason.LINK_LOST);
        assertThat(node.seen).containsExactly("connect", "disconnect LINK_LOST");
        cluster.pass(500);
        FakeSession again = cluster.connect();
        again.clientSends("works", cluster.nowNs);
        cluster.settle();
        assertThat(node.seen).endsWith("connect", "works");
    }

    @Test
    void aSilentLinkIsLostAfterItsTimeAndNotBefore() {
        cluster.settle();
        FakeSession session = cluster.connect();
        cluster.settle();
        cluster.passes = _ -> false;
        cluster.pass(4500);
        assertThat(session.closed).isNull();
        cluster.pass(1500);
        assertThat(session.closed).isEqualTo(CloseReason.LINK_LOST);
        assertThat(node.seen).contains("disconnect LINK_LOST");
    }

    @Test
    void aGatewayThatDiesTakesItsConnectionsAlong() {
        cluster.settle();
        cluster.connect();
        cluster.settle();
        node.lane.onProcessDown(cluster.gatewayRecord, cluster.nowNs);
        cluster.settle();
        assertThat(node.seen).containsExactly("connect", "disconnect GATEWAY_LOST");
    }

    @Test
    void aNodeThatStopsTellsEveryClient() {
        cluster.settle();
        FakeSession session = cluster.connect();
        cluster.settle();
        node.lane.close(CloseReason.NODE_STOPPING, cluster.nowNs);
        cluster.settle();
        assertThat(session.closed).isEqualTo(CloseReason.NODE_STOPPING);
        assertThat(node.seen).containsExactly("connect", "disconnect NODE_STOPPING");
    }

    @Test
    void theBusNeverHoldsMoreThanOneWindowUnacknowledged() {
        var link = new LinkConfig(100_000, 250_000_000L, 5_000_000_000L, 250_000_000L);
        var defaults = GatewayLaneConfig.defaults("test");
        var narrow =
                new SmallCluster(
                        1,
                        new GatewayLaneConfig(
                                "test",
                                defaults.holdBytesPerConnection(),
                                defaults.holdBytesPerLane(),
                                defaults.downBytesPerConnection(),
                                defaults.placementTimeoutNs(),
                                defaults.qualityIntervalNs(),
                                defaults.lastDeliveryNs(),
                                link),
                        NodeLaneConfig.defaults());
        narrow.settle();
        FakeSession session = narrow.connect();
        narrow.settle();
        while (session.clientSends(new byte[9_000], narrow.nowNs)) {
            // until the hold is full
        }
        narrow.poll(narrow.gateway);
        long onBus = narrow.bus.stream().mapToLong(batch -> batch.bytes().length).sum();
        assertThat(onBus).isBetween(90_000L, 100_000L + 32 * 1024);
        narrow.pass(200);
        assertThat(narrow.nodes.getFirst().lane.stats().messagesHandled()).isGreaterThan(100);
    }

    @Test
    void arbitraryAndDamagedBatchesChangeNothingButCounts() {
        echo();
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("before", cluster.nowNs);
        List<SmallCluster.Batch> real = new ArrayList<>();
        cluster.passes = batch -> real.add(batch);
        cluster.settle();
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            var from = real.get(random.nextInt(real.size()));
            byte[] bytes = from.bytes().clone();
            if (i % 2 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
            }
            // anywhere but in what names the epoch: such a batch is another epoch's, or none
            for (int flips = 1 + random.nextInt(4); flips > 0 && bytes.length > 8; flips--) {
                bytes[random.nextInt(Math.min(bytes.length, 32))] ^=
                        (byte) (1 + random.nextInt(255));
            }
            cluster.deliver(new SmallCluster.Batch(from.address(), bytes));
        }
        cluster.settle();
        long dropped =
                cluster.drops.total(DropReason.BAD_BATCH)
                        + cluster.drops.total(DropReason.STALE_BATCH);
        assertThat(dropped).isGreaterThan(15_000);
    }
}
