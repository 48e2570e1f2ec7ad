package dev.slipgate.fabric.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.fabric.node.Receipt;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    void tinyMessagesAreNotFree() {
        cluster.settle();
        FakeSession session = cluster.connect();
        cluster.handlersRun = false;
        int taken = 0;
        while (session.clientSends(new byte[1], cluster.nowNs)) {
            taken++;
        }
        cluster.pass(200);
        assertThat(taken).isBetween(15_000, 17_000); // 1 MiB, each with its overhead
        cluster.handlersRun = true;
        cluster.pass(200);
        assertThat(node.lane.stats().messagesHandled()).isEqualTo(taken);
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
}
