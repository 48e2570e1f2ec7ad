package dev.slipgate.fabric.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.fabric.node.NodeLaneConfig;
import dev.slipgate.fabric.node.Receipt;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionStoryTest {
    private final SmallCluster cluster = new SmallCluster(1);
    private final SmallCluster.Node node = cluster.nodes.getFirst();

    private void echo() {
        node.app = (connection, channel, bytes) -> connection.send(channel, bytes);
    }

    @Test
    void aMessageGoesUpAndItsEchoComesBackAndNothingIsKeptAfterwards() {
        echo();
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("hello", cluster.nowNs);
        cluster.settle();
        assertThat(node.seen).containsExactly("connect", "hello");
        assertThat(session.given)
                .singleElement()
                .satisfies(
                        given -> {
                            assertThat(given.text()).isEqualTo("hello");
                            assertThat(given.channel()).isEqualTo(1);
                            assertThat(given.delivery()).isEqualTo(Delivery.RELIABLE);
                        });
        assertThat(cluster.gateway.stats().keptMessages()).isZero();
        assertThat(cluster.gateway.stats().keptBytes()).isZero();
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
    void aMessageWhoseHandlerHasNotReturnedIsStillKept() {
        echo();
        cluster.settle();
        FakeSession session = cluster.connect();
        cluster.handlersRun = false;
        session.clientSends("in the handler's hands", cluster.nowNs);
        cluster.pass(1000);
        assertThat(cluster.gateway.stats().keptMessages()).isEqualTo(1);
        assertThat(session.given).isEmpty();
        cluster.handlersRun = true;
        cluster.settle();
        assertThat(cluster.gateway.stats().keptMessages()).isZero();
        assertThat(session.given).hasSize(1);
    }

    @Test
    void nothingOfAUnitIsPassedOnBeforeItsLastFrame() {
        byte[] large = new byte[100_000];
        node.app =
                (connection, channel, bytes) -> {
                    for (int i = 0; i < 5; i++) {
                        connection.send(0, large);
                    }
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("go", cluster.nowNs);
        cluster.poll(cluster.gateway);
        cluster.deliver(cluster.bus.remove());
        node.runs.remove().run();
        node.lane.onWakeup(cluster.nowNs);
        cluster.poll(node.lane);
        assertThat(cluster.bus.size()).isGreaterThan(10);
        while (cluster.bus.size() > 1) {
            cluster.deliver(cluster.bus.remove());
            assertThat(session.given).isEmpty();
            assertThat(cluster.gateway.stats().keptMessages()).isEqualTo(1);
        }
        cluster.deliver(cluster.bus.remove());
        assertThat(session.given).hasSize(5);
        assertThat(session.given).allSatisfy(given -> assertThat(given.bytes()).isEqualTo(large));
        assertThat(cluster.gateway.stats().keptMessages()).isZero();
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
    void messagesOfAllSizesCrossWholeAndInOrderBothWays() {
        echo();
        cluster.settle();
        FakeSession session = cluster.connect();
        var random = new Random(7);
        var sent = new ArrayList<byte[]>();
        for (int i = 0; i < 300; i++) {
            byte[] message = new byte[(int) Math.exp(random.nextDouble() * Math.log(200_000))];
            random.nextBytes(message);
            while (!session.clientSends(message, cluster.nowNs)) {
                cluster.pass(10);
                session.clientHasAll(cluster.nowNs);
            }
            sent.add(message);
        }
        for (int i = 0; i < 100; i++) {
            session.clientHasAll(cluster.nowNs);
            cluster.pass(30);
        }
        assertThat(session.given).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(Arrays.equals(session.given.get(i).bytes(), sent.get(i))).isTrue();
        }
        assertThat(cluster.gateway.stats().keptBytes()).isZero();
    }

    @Test
    void aStalledHandlerFillsItsOwnHoldAndNobodyElses() {
        cluster.settle();
        FakeSession stalled = cluster.connect();
        FakeSession lively = cluster.connect();
        cluster.settle();
        cluster.handlersRun = false;
        int taken = 0;
        while (stalled.clientSends(new byte[10_000], cluster.nowNs)) {
            taken++;
            cluster.pass(10);
        }
        assertThat(taken).isBetween(90, 105); // 1 MiB is the hold
        assertThat(lively.clientSends("still works", cluster.nowNs)).isTrue();
        cluster.handlersRun = true;
        cluster.settle();
        assertThat(node.seen).contains("still works");
        assertThat(stalled.clientSends("room again", cluster.nowNs)).isTrue();
    }

    @Test
    void aHandlerMaySendOneMiBPerRunAndNoMore() {
        var outcomes = new ArrayList<SendOutcome>();
        node.app =
                (connection, channel, bytes) -> {
                    for (int i = 0; i < 6; i++) {
                        outcomes.add(connection.send(1, new byte[200_000]));
                    }
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("go", cluster.nowNs);
        cluster.settle();
        assertThat(outcomes.subList(0, 5))
                .allSatisfy(o -> assertThat(o).isInstanceOf(SendOutcome.Queued.class));
        assertThat(outcomes.get(5))
                .isEqualTo(new SendOutcome.Refused(SendOutcome.Reason.UNIT_FULL));
        assertThat(session.given).hasSize(5);
    }

    @Test
    void aClientThatTakesNothingFillsTheOutboxAndThenSendIsRefused() {
        var refusals = new ArrayList<SendOutcome>();
        node.app =
                (connection, channel, bytes) -> {
                    if (connection.send(1, new byte[200_000]) instanceof SendOutcome.Refused no) {
                        refusals.add(no);
                    }
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        for (int i = 0; i < 30; i++) {
            session.clientSends("more", cluster.nowNs);
            cluster.pass(10);
        }
        assertThat(refusals)
                .hasSize(10)
                .containsOnly(new SendOutcome.Refused(SendOutcome.Reason.OUTBOX_FULL));
        assertThat(session.given).hasSize(10); // 2 MiB is the gateway's credit
        for (int i = 0; i < 5; i++) {
            session.clientHasAll(cluster.nowNs);
            cluster.pass(50);
        }
        assertThat(session.given).hasSize(20);
    }

    @Test
    void aReceiptTellsWhenTheClientHasTheMessage() {
        var receipts = new ArrayList<Receipt>();
        var settled = new ArrayList<Receipt.State>();
        node.app =
                (connection, channel, bytes) -> {
                    if (connection.send(1, bytes) instanceof SendOutcome.Queued(Receipt receipt)) {
                        receipts.add(receipt);
                        receipt.whenSettled(settled::add);
                        assertThatThrownBy(() -> receipt.await(Duration.ofSeconds(1)))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("whenSettled");
                    }
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("one", cluster.nowNs);
        cluster.settle();
        assertThat(receipts).hasSize(1);
        assertThat(settled).isEmpty();
        session.clientHasAll(cluster.nowNs);
        cluster.settle();
        assertThat(settled).containsExactly(Receipt.State.DELIVERED);
        session.clientSends("two", cluster.nowNs);
        cluster.settle();
        session.close(CloseReason.CLIENT_CLOSED, cluster.nowNs);
        cluster.settle();
        assertThat(settled).containsExactly(Receipt.State.DELIVERED, Receipt.State.UNKNOWN);
    }

    @Test
    void unreliableMessagesAreNeitherKeptNorTracked() {
        var states = new ArrayList<Receipt.State>();
        node.app =
                (connection, channel, bytes) -> {
                    for (int i = 0; i < 100; i++) {
                        if (connection.send(2, bytes) instanceof SendOutcome.Queued(Receipt r)) {
                            states.add(r.state());
                        }
                    }
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        for (int i = 0; i < 100; i++) {
            session.clientSends(new byte[1000], cluster.nowNs);
            cluster.settle();
        }
        assertThat(states).hasSize(10_000).containsOnly(Receipt.State.NOT_TRACKED);
        assertThat(session.given)
                .hasSize(10_000)
                .allSatisfy(g -> assertThat(g.delivery()).isEqualTo(Delivery.SEQUENCED));
    }

    @Test
    void whatAClientSentBeforeItLeftIsStillHandled() {
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("last words", cluster.nowNs);
        session.close(CloseReason.CLIENT_TIMEOUT, cluster.nowNs);
        cluster.settle();
        assertThat(node.seen).containsExactly("connect", "last words", "disconnect CLIENT_TIMEOUT");
        assertThat(cluster.gateway.stats().connections()).isZero();
        assertThat(node.lane.stats().connections()).isZero();
    }

    @Test
    void theAppClosesAndItsLastMessageArrivesFirst() {
        node.app =
                (connection, channel, bytes) -> {
                    connection.send(0, "goodbye".getBytes(UTF_8));
                    connection.close(CloseReason.APP_CLOSED, "cheating");
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("a", cluster.nowNs);
        session.clientSends("never handled", cluster.nowNs);
        cluster.settle();
        assertThat(session.given)
                .singleElement()
                .satisfies(g -> assertThat(g.text()).isEqualTo("goodbye"));
        assertThat(session.closed).isNull(); // it may still take the goodbye
        session.clientHasAll(cluster.nowNs);
        assertThat(session.closed).isEqualTo(CloseReason.APP_CLOSED);
        assertThat(node.seen).containsExactly("connect", "a", "disconnect APP_CLOSED");
    }

    @Test
    void aClientThatDoesNotTakeItsLastMessageIsClosedAllTheSame() {
        node.app =
                (connection, _, bytes) -> {
                    connection.send(0, bytes);
                    connection.close(CloseReason.APP_CLOSED, "");
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("a", cluster.nowNs);
        cluster.pass(1500);
        assertThat(session.closed).isEqualTo(CloseReason.APP_CLOSED);
    }

    @Test
    void aHandlerThatThrowsEndsItsConnectionAndNothingOfItsRunLeaves() {
        node.app =
                (connection, channel, bytes) -> {
                    connection.send(1, bytes);
                    throw new IllegalStateException("a bug of the app");
                };
        cluster.settle();
        FakeSession session = cluster.connect();
        session.clientSends("a", cluster.nowNs);
        cluster.pass(100);
        assertThat(session.given).isEmpty();
        assertThat(session.closed).isEqualTo(CloseReason.HANDLER_FAILED);
        assertThat(node.seen).containsExactly("connect", "a", "disconnect HANDLER_FAILED");
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
