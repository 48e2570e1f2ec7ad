package dev.slipgate.fabric.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.fabric.node.NodeLaneConfig;
import dev.slipgate.fabric.node.Receipt;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bounds that are reached, and bounds of gateway and node that do not fit each other. */
class BoundStoryTest {
    private static final int KIB = 1024;

    private final GatewayLaneConfig gatewayDefaults = GatewayLaneConfig.defaults("test");

    private static SmallCluster started(SmallCluster cluster) {
        cluster.settle();
        return cluster;
    }

    private GatewayLaneConfig gateway(long holdBytesPerLane, int downBytesPerConnection) {
        return new GatewayLaneConfig(
                "test",
                1024 * KIB,
                holdBytesPerLane,
                downBytesPerConnection,
                gatewayDefaults.placementTimeoutNs(),
                gatewayDefaults.qualityIntervalNs(),
                gatewayDefaults.lastDeliveryNs(),
                gatewayDefaults.link());
    }

    @Test
    void messagesThatTheClientTakesWithManyGapsAreAllAcknowledgedInTheEnd() {
        SmallCluster cluster = started(new SmallCluster(1));
        var receipts = new ArrayList<Receipt>();
        cluster.nodes.getFirst().app =
                (connection, _, _) -> {
                    for (int i = 0; i < 1000; i++) {
                        if (connection.send(1, new byte[10]) instanceof SendOutcome.Queued(var r)) {
                            receipts.add(r);
                        }
                    }
                };
        FakeSession session = cluster.connect();
        session.clientSends("go", cluster.nowNs);
        cluster.settle();
        for (int start = 0; start < 2; start++) {
            for (int i = start; i < 1000; i += 2) { // the large ones between come later
                long number = session.given.get(i).number();
                cluster.gateway.onDelivered(session, 1, number, cluster.nowNs);
            }
            cluster.settle();
        }
        assertThat(receipts)
                .hasSize(1000)
                .allSatisfy(r -> assertThat(r.state()).isEqualTo(Receipt.State.DELIVERED));
    }

    @Test
    void aCallbackThatThrowsCostsNobodyAFrame() {
        SmallCluster cluster = started(new SmallCluster(1));
        SmallCluster.Node node = cluster.nodes.getFirst();
        var settled = new ArrayList<Receipt.State>();
        node.app =
                (connection, _, _) -> {
                    if (connection.send(1, new byte[1]) instanceof SendOutcome.Queued(var r)) {
                        r.whenSettled(
                                _ -> {
                                    throw new IllegalStateException("an app's mistake");
                                });
                        r.whenSettled(settled::add);
                    }
                };
        FakeSession session = cluster.connect();
        FakeSession other = cluster.connect();
        session.clientSends("go", cluster.nowNs);
        cluster.settle();
        node.app = (_, _, _) -> {};
        var uncaught = new ArrayList<Throwable>();
        Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> uncaught.add(failure));
        session.clientHasAll(cluster.nowNs);
        other.clientSends("in the same batch as the ack", cluster.nowNs);
        cluster.settle();
        Thread.currentThread().setUncaughtExceptionHandler(null);
        assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(settled).containsExactly(Receipt.State.DELIVERED);
        assertThat(node.seen).contains("in the same batch as the ack");
    }

    @Test
    void whatManyClientsHaveReservedCountsInTheBoundOfTheirLane() {
        SmallCluster cluster =
                started(
                        new SmallCluster(
                                1, gateway(2048 * KIB, 2048 * KIB), NodeLaneConfig.defaults()));
        var sessions = new ArrayList<FakeSession>();
        int granted = 0;
        for (int i = 0; i < 100; i++) {
            FakeSession session = cluster.connect();
            sessions.add(session);
            granted += cluster.gateway.tryReserve(session, 256 * KIB, cluster.nowNs) ? 1 : 0;
        }
        assertThat(granted).isEqualTo(8);
        sessions.forEach(session -> session.close(CloseReason.CLIENT_TIMEOUT, cluster.nowNs));
        FakeSession late = cluster.connect();
        assertThat(cluster.gateway.tryReserve(late, 1024 * KIB, cluster.nowNs)).isTrue();
        cluster.gateway.unreserve(late, 1024 * KIB);
        assertThat(cluster.gateway.tryReserve(late, 1024 * KIB, cluster.nowNs)).isTrue();
    }

    @Test
    void aUnitAsLargeAsTheCreditArrivesWhole() {
        SmallCluster cluster =
                started(
                        new SmallCluster(
                                1,
                                gateway(gatewayDefaults.holdBytesPerLane(), 1024 * KIB),
                                NodeLaneConfig.defaults()));
        cluster.nodes.getFirst().app =
                (connection, _, _) -> {
                    for (int i = 0; i < 3; i++) {
                        connection.send(1, new byte[256 * KIB - 64]);
                    }
                    connection.send(1, new byte[256 * KIB - 192]);
                    connection.send(1, new byte[64]); // each costs 64 more than its length
                };
        FakeSession session = cluster.connect();
        session.clientSends("go", cluster.nowNs);
        cluster.settle();
        assertThat(session.closed).isNull();
        assertThat(session.given).hasSize(5);
    }

    @Test
    void aMailboxOfOneLargestMessageTakesOneAfterTheOther() {
        var small =
                new NodeLaneConfig(
                        256 * KIB, 4096 * KIB, 1024 * KIB, 256 * KIB, LinkConfig.defaults());
        SmallCluster cluster = started(new SmallCluster(1, gatewayDefaults, small));
        FakeSession session = cluster.connect();
        for (int length : List.of(256 * KIB, 10 * KIB, 256 * KIB, 50 * KIB, 256 * KIB)) {
            session.clientSends(new byte[length], cluster.nowNs);
            cluster.pass(100);
        }
        assertThat(cluster.nodes.getFirst().lane.stats().messagesHandled()).isEqualTo(5);
    }

    @Test
    void aMessageAboveTheNodesBoundEndsItsConnectionAlone() {
        SmallCluster cluster = started(new SmallCluster(1));
        FakeSession lively = cluster.connect();
        FakeSession large = cluster.connect();
        large.clientSends(new byte[300 * KIB], cluster.nowNs);
        cluster.pass(100);
        lively.clientSends("still here", cluster.nowNs);
        cluster.settle();
        assertThat(large.closed).isEqualTo(CloseReason.OVERLOADED);
        assertThat(lively.closed).isNull();
        assertThat(cluster.nodes.getFirst().seen).contains("still here");
    }
}
