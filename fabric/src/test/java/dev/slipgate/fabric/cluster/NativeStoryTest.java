package dev.slipgate.fabric.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.gateway.GatewayLaneConfig;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.fabric.node.NodeConnection;
import dev.slipgate.fabric.node.NodeLaneConfig;
import dev.slipgate.fabric.node.Receipt;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A native client's connection: the gateway passes on, and the ends are the client and the node.
 */
class NativeStoryTest {
    private static final int KIB = 1024;

    private final SmallCluster cluster = new SmallCluster(1);
    private final SmallCluster.Node node = cluster.nodes.getFirst();

    private NativeSession connected() {
        cluster.settle();
        NativeSession session = cluster.connectNative();
        session.clientAttaches(1, cluster.nowNs);
        cluster.settle();
        session.given.clear();
        return session;
    }

    private void echo() {
        node.app = (connection, channel, bytes) -> connection.send(channel, bytes);
    }

    private NodeConnection connection() {
        return node.connections.getFirst();
    }

    @Test
    void aClientIsConnectedWhenItHasSaidWhereItIsAndANodeHasIt() {
        cluster.settle();
        NativeSession session = cluster.connectNative();
        cluster.settle();
        assertThat(node.seen).isEmpty();
        session.clientAttaches(1, cluster.nowNs);
        assertThat(session.attach).isNull();
        cluster.settle();
        assertThat(node.seen).containsExactly("connect");
        var attach = Objects.requireNonNull(session.attach);
        assertThat(attach.fresh()).isTrue();
        assertThat(attach.generation()).isEqualTo(1);
        assertThat(attach.epoch()).isEqualTo(1);
        assertThat(attach.channels()).isEmpty();
        session.clientAttaches(1, cluster.nowNs);
        cluster.settle();
        assertThat(session.given).containsExactly("attach");
        assertThat(connection().dialect()).isEqualTo("slipgate");
        assertThat(connection().identity()).isEqualTo("ann");
    }

    @Test
    void thereIsNothingToResumeYet() {
        cluster.settle();
        NativeSession session = cluster.connectNative();
        session.clientAttaches(2, cluster.nowNs);
        cluster.settle();
        assertThat(session.closed).isEqualTo(CloseReason.REFUSED);
        assertThat(node.seen).isEmpty();
        assertThat(cluster.gateway.stats().connections()).isZero();
        assertThat(cluster.gateway.stats().parkedConnections()).isZero();
    }

    @Test
    void aClientThatNeverSaysWhereItIsIsNotWaitedForForEver() {
        cluster.settle();
        NativeSession silent = cluster.connectNative();
        cluster.pass(6000);
        assertThat(silent.closed).isEqualTo(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void anIdentityThatDoesNotFitTheLinkIsNotCut() {
        cluster.settle();
        var session = new NativeSession(cluster.gateway);
        session.identity = "x".repeat(2000);
        cluster.gateway.onConnected(session, cluster.nowNs);
        assertThat(session.closed).isEqualTo(CloseReason.TOKEN_REFUSED);
        assertThat(cluster.gateway.stats().connections()).isZero();
    }

    @Test
    void aNodeThatRefusesAnswersNoAttach() {
        var narrow =
                new NodeLaneConfig(
                        4096 * KIB, 4096 * KIB, 1024 * KIB, 4096 * KIB, LinkConfig.defaults());
        var small = new SmallCluster(1, GatewayLaneConfig.defaults("test"), narrow);
        small.settle();
        NativeSession session = small.connectNative();
        session.clientAttaches(1, small.nowNs);
        small.settle();
        assertThat(session.attach).isNull();
        assertThat(session.closed).isEqualTo(CloseReason.REFUSED);
    }

    @Test
    void messagesThatOvertookEachOtherAreHandledInOrder() {
        NativeSession session = connected();
        session.arrives(0, Delivery.ORDERED, 3, "three", cluster.nowNs);
        session.arrives(0, Delivery.ORDERED, 2, "two", cluster.nowNs);
        cluster.settle();
        assertThat(node.seen).containsExactly("connect");
        session.arrives(7, Delivery.ORDERED, 1, "another channel waits for nobody", cluster.nowNs);
        session.arrives(1, Delivery.RELIABLE, 2, "nor does another mode", cluster.nowNs);
        cluster.settle();
        session.arrives(0, Delivery.ORDERED, 1, "one", cluster.nowNs);
        session.arrives(0, Delivery.ORDERED, 4, "four", cluster.nowNs);
        cluster.settle();
        assertThat(node.seen)
                .containsExactly(
                        "connect",
                        "another channel waits for nobody",
                        "nor does another mode",
                        "one",
                        "two",
                        "three",
                        "four");
        cluster.pass(20);
        assertThat(session.creditBytes).isEqualTo(1024 * KIB);
        assertThat(cluster.gateway.stats().keptBytes()).isZero();
    }

    @Test
    void whatComesTwiceIsHandledOnceAndItsCreditComesBack() {
        NativeSession session = connected();
        for (int i = 0; i < 3; i++) {
            session.arrives(0, Delivery.ORDERED, 1, "once", cluster.nowNs);
            session.arrives(1, Delivery.RELIABLE, 5, "only", cluster.nowNs);
            cluster.settle();
        }
        cluster.pass(20);
        assertThat(node.seen).containsExactly("connect", "once", "only");
        assertThat(session.creditBytes).isEqualTo(1024 * KIB);
        assertThat(session.given).containsExactly("ack 0 1", "ack 1 0 5-5");
    }

    @Test
    void onlyAHandledMessageIsAcknowledgedAndOnlyByItsNode() {
        NativeSession session = connected();
        cluster.handlersRun = false;
        session.arrives(0, Delivery.ORDERED, 1, "in the handler's hands", cluster.nowNs);
        cluster.pass(100);
        assertThat(session.given).isEmpty();
        assertThat(cluster.gateway.stats().keptBytes()).isZero(); // the client keeps it
        cluster.handlersRun = true;
        cluster.settle();
        assertThat(session.given).containsExactly("ack 0 1");
    }

    @Test
    void aReplyAndTheAckOfItsCauseAreGivenTogether() {
        byte[] large = new byte[100_000];
        node.app =
                (connection, _, _) -> {
                    connection.send(0, large);
                    connection.send(0, "small".getBytes(UTF_8));
                };
        NativeSession session = connected();
        session.arrives(0, Delivery.ORDERED, 1, "go", cluster.nowNs);
        cluster.poll(cluster.gateway);
        cluster.deliver(cluster.bus.remove());
        node.runs.remove().run();
        node.lane.onWakeup(cluster.nowNs);
        cluster.poll(node.lane);
        assertThat(cluster.bus.size()).isGreaterThan(2);
        while (cluster.bus.size() > 1) {
            cluster.deliver(cluster.bus.remove());
            assertThat(session.given).isEmpty();
        }
        cluster.deliver(cluster.bus.remove()); // one input, hence one flush
        assertThat(session.given).containsExactly("ack 0 1", "100000 bytes", "small");
    }

    @Test
    void anEchoGoesBackOnTheChannelAndInTheModeThatItCameIn() {
        echo();
        NativeSession session = connected();
        session.arrives(42, Delivery.UNRELIABLE, 9, "position", cluster.nowNs);
        session.arrives(43, Delivery.RELIABLE, 1, "chat", cluster.nowNs);
        cluster.settle();
        assertThat(session.messages)
                .extracting(g -> g.channel() + " " + g.delivery() + " " + g.number())
                .containsExactlyInAnyOrder("42 UNRELIABLE 1", "43 RELIABLE 1");
        assertThat(connection().declare(43, Delivery.ORDERED)).isFalse();
        assertThat(connection().declare(44, Delivery.SEQUENCED)).isTrue();
    }

    @Test
    void aChannelThatChangesItsModeEndsItsConnectionAlone() {
        NativeSession honest = connected();
        NativeSession session = connected();
        session.arrives(5, Delivery.ORDERED, 1, "a", cluster.nowNs);
        session.arrives(5, Delivery.RELIABLE, 2, "b", cluster.nowNs);
        cluster.settle();
        assertThat(session.closed).isEqualTo(CloseReason.PROTOCOL_ERROR);
        assertThat(honest.closed).isNull();
    }

    @Test
    void aReceiptWaitsForTheClientsOwnAck() {
        var receipts = new ArrayList<Receipt>();
        node.app =
                (connection, _, bytes) -> {
                    if (connection.send(1, bytes) instanceof SendOutcome.Queued(Receipt receipt)) {
                        receipts.add(receipt);
                    }
                };
        NativeSession session = connected();
        for (int i = 1; i <= 3; i++) {
            session.arrives(0, Delivery.ORDERED, i, "message " + i, cluster.nowNs);
        }
        cluster.settle();
        cluster.gateway.onDelivered(session, 1, 1, cluster.nowNs); // a packet's ack says nothing
        session.clientHandled(1, cluster.nowNs, 1, 3);
        session.clientHandled(1, cluster.nowNs, 1); // an older one that was overtaken
        cluster.settle();
        assertThat(receipts)
                .extracting(Receipt::state)
                .containsExactly(
                        Receipt.State.DELIVERED, Receipt.State.PENDING, Receipt.State.DELIVERED);
    }

    @Test
    void aNodeThatHandlesNothingStopsItsClientsCredit() {
        NativeSession session = connected();
        cluster.handlersRun = false;
        long number = 0;
        while (session.creditBytes >= 10_064) {
            session.arrives(0, Delivery.ORDERED, ++number, new byte[10_000], cluster.nowNs);
            cluster.pass(10);
        }
        assertThat(number).isBetween(200L, 210L); // 1 MiB here, 1 MiB there
        assertThat(cluster.gateway.stats().keptBytes()).isGreaterThan(1000 * KIB);
        cluster.handlersRun = true;
        cluster.pass(100);
        assertThat(session.creditBytes).isEqualTo(1024 * KIB);
        assertThat(cluster.gateway.stats().keptBytes()).isZero();
        assertThat(node.lane.stats().messagesHandled()).isEqualTo(number);
        assertThat(node.lane.stats().mailboxMessages()).isZero();
    }

    @Test
    void earlyMessagesNeverKeepOutTheOneThatTheyWaitFor() {
        NativeSession session = connected();
        long number = 1;
        while (session.creditBytes >= 2 * 10_064) {
            session.arrives(0, Delivery.ORDERED, ++number, new byte[10_000], cluster.nowNs);
            cluster.pass(10);
        }
        assertThat(number).isBetween(100L, 105L); // they wait at the gateway, within its hold
        session.arrives(0, Delivery.ORDERED, 1, new byte[10_000], cluster.nowNs);
        cluster.pass(100);
        assertThat(node.lane.stats().messagesHandled()).isEqualTo(number);
        assertThat(session.creditBytes).isEqualTo(1024 * KIB);
    }

    @Test
    void unreliableMessagesThatFindNoRoomAreDroppedOldestFirst() {
        NativeSession session = connected();
        cluster.handlersRun = false;
        long number = 0;
        while (session.creditBytes >= 10_064) {
            session.arrives(0, Delivery.ORDERED, ++number, new byte[10_000], cluster.nowNs);
            cluster.pass(10);
        }
        for (int i = 1; i <= 1000; i++) {
            session.arrives(3, Delivery.UNRELIABLE, i, "u" + i + "_".repeat(995), cluster.nowNs);
        }
        long dropped = cluster.drops.total(DropReason.UNRELIABLE_OVERFLOW);
        assertThat(dropped).isBetween(850L, 900L); // 128 KiB are held
        var last = new ArrayList<String>();
        node.app =
                (_, channel, bytes) -> {
                    if (channel == 3) {
                        last.add(new String(bytes, 0, 5, UTF_8));
                    }
                };
        cluster.handlersRun = true;
        cluster.pass(100);
        assertThat(last).hasSize((int) (1000 - dropped)).endsWith("u1000").doesNotContain("u100_");
    }

    @Test
    void aFullSessionIsWaitedForWithRepliesAheadOfTheirAcks() {
        echo();
        NativeSession session = connected();
        session.room = 1;
        for (int i = 1; i <= 3; i++) {
            session.arrives(0, Delivery.ORDERED, i, "m" + i, cluster.nowNs);
        }
        cluster.settle();
        assertThat(session.given).containsExactly("ack 0 1", "m1", "ack 0 2");
        session.roomFor(1, cluster.nowNs);
        assertThat(session.given).endsWith("m2");
        session.roomFor(9, cluster.nowNs);
        assertThat(session.given)
                .containsExactly("ack 0 1", "m1", "ack 0 2", "m2", "m3", "ack 0 3");
        session.arrives(0, Delivery.ORDERED, 4, "m4", cluster.nowNs);
        cluster.settle();
        assertThat(session.given).endsWith("ack 0 4", "m4");
    }

    @Test
    void aMessageThatTheClientNeverTakesEndsItsConnection() {
        echo();
        NativeSession session = connected();
        session.maxMessageBytes = 10;
        session.arrives(3, Delivery.UNRELIABLE, 1, "unreliable and too large", cluster.nowNs);
        cluster.settle();
        assertThat(session.closed).isNull();
        session.arrives(0, Delivery.ORDERED, 1, "reliable and too large", cluster.nowNs);
        cluster.settle();
        assertThat(session.closed).isEqualTo(CloseReason.OVERLOADED);
    }

    @Test
    void whatALeavingClientHadSentIsHandledAndNothingIsHeldAfterwards() {
        NativeSession session = connected();
        session.arrives(0, Delivery.ORDERED, 1, "last words", cluster.nowNs);
        session.arrives(0, Delivery.ORDERED, 3, "never complete", cluster.nowNs);
        session.close(CloseReason.CLIENT_CLOSED, cluster.nowNs);
        cluster.settle();
        assertThat(node.seen).containsExactly("connect", "last words", "disconnect CLIENT_CLOSED");
        assertThat(cluster.gateway.stats().connections()).isZero();
        assertThat(cluster.gateway.stats().keptBytes()).isZero();
        assertThat(node.lane.stats().connections()).isZero();
    }

    @Test
    void theAppClosesAndItsLastMessageArrivesFirst() {
        node.app =
                (connection, _, _) -> {
                    connection.send(0, "goodbye".getBytes(UTF_8));
                    connection.close(CloseReason.APP_CLOSED, "cheating");
                };
        NativeSession session = connected();
        session.room = 0;
        session.arrives(0, Delivery.ORDERED, 1, "a", cluster.nowNs);
        cluster.settle();
        assertThat(session.closed).isNull();
        session.roomFor(5, cluster.nowNs);
        assertThat(session.given).contains("goodbye");
        assertThat(session.closed).isNull(); // it may be lost on the way
        cluster.gateway.onDelivered(session, 0, 1, cluster.nowNs);
        assertThat(session.closed).isEqualTo(CloseReason.APP_CLOSED);
    }

    @Test
    void largeMessagesCrossInTurnWithSmallUnreliableOnes() {
        NativeSession session = connected();
        session.arrives(0, Delivery.ORDERED, 1, new byte[200 * KIB], cluster.nowNs);
        session.arrives(3, Delivery.UNRELIABLE, 1, "small", cluster.nowNs);
        session.arrives(0, Delivery.ORDERED, 2, new byte[100 * KIB], cluster.nowNs);
        cluster.pass(20);
        assertThat(node.seen).containsExactly("connect", "204800 bytes", "small", "102400 bytes");
    }
}
