package dev.slipgate.fabric.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.link.Lane;
import dev.slipgate.fabric.link.LaneIdentity;
import dev.slipgate.fabric.link.LinkConfig;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.link.FrameReader;
import dev.slipgate.protocol.link.FrameWriter;
import dev.slipgate.protocol.link.LinkWire;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.memory.SingleWriterCounter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node makes of messages as a gateway that orders nothing would bring them. */
class ConnectionEndTest {
    private static final int MAILBOX_BYTES = 4000;

    private final List<String> seen = new ArrayList<>();
    private final NodeLaneConfig config =
            new NodeLaneConfig(MAILBOX_BYTES, 100_000, 50_000, 1000, LinkConfig.defaults());
    private final UnitQueue units = new UnitQueue(() -> {});
    private final SingleWriterCounter received = new SingleWriterCounter();
    private final LaneConnection connection =
            new LaneConnection(
                    new ConnectionId(7),
                    "slipgate",
                    "host:1",
                    "ann",
                    config,
                    50_000,
                    units,
                    new Handler(),
                    Runnable::run);
    private final GatewayPeer peer =
            new GatewayPeer(
                    new Lane(
                            new LaneIdentity(1, 0, 2, 0, false, "gateway"),
                            LinkConfig.defaults(),
                            MAILBOX_BYTES));
    private final ConnectionEnd end =
            new ConnectionEnd(
                    connection, peer, config, 100_000, new BytePool(1 << 20), received, _ -> {});

    private final class Handler implements ConnectionHandler {
        @Override
        public void onConnect(NodeConnection from, boolean recovered) {}

        @Override
        public void onMessage(NodeConnection from, int channel, byte[] bytes, boolean again) {
            seen.add(new String(bytes, UTF_8).strip());
        }

        @Override
        public void onDisconnect(NodeConnection from, CloseReason reason) {
            seen.add("disconnect " + reason);
        }
    }

    /** A DATA frame arrives; false when the link's epoch ends for it. */
    private boolean arrives(int channel, Delivery delivery, long number, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        byte[] batch = new byte[2000];
        var writer = new FrameWriter();
        writer.begin(batch, 0, batch.length);
        int whole = LinkWire.FLAG_FIRST | LinkWire.FLAG_LAST;
        writer.data(7, channel, whole, delivery, number, bytes.length, bytes, 0, bytes.length);
        var reader = new FrameReader();
        reader.begin(batch, 0, writer.position());
        assertThat(reader.next()).isEqualTo(FrameReader.Step.FRAME);
        boolean sound = end.onData(reader);
        units.drain(end::enqueue);
        return sound;
    }

    private List<Long> credits() {
        byte[] batch = new byte[2000];
        var writer = new FrameWriter();
        writer.begin(batch, 0, batch.length);
        peer.queue().writeFrames(writer);
        var reader = new FrameReader();
        reader.begin(batch, 0, writer.position());
        var limits = new ArrayList<Long>();
        while (reader.next() == FrameReader.Step.FRAME) {
            if (reader.kind() == LinkWire.CREDIT) {
                limits.add(reader.limitBytes());
            }
        }
        return limits;
    }

    @Test
    void anEarlyMessageOfAnOrderedChannelWaitsForItsPredecessors() {
        arrives(0, Delivery.ORDERED, 3, "three");
        arrives(0, Delivery.ORDERED, 2, "two");
        arrives(0, Delivery.ORDERED, 3, "three again");
        assertThat(seen).isEmpty();
        arrives(0, Delivery.ORDERED, 1, "one");
        assertThat(seen).containsExactly("one", "two", "three");
        assertThat(received.read()).isEqualTo(3);
    }

    @Test
    void aDuplicateGivesItsCreditBack() {
        String text = "x".repeat(936);
        arrives(1, Delivery.RELIABLE, 1, text);
        arrives(1, Delivery.RELIABLE, 1, text);
        arrives(2, Delivery.SEQUENCED, 5, text);
        arrives(2, Delivery.SEQUENCED, 4, text);
        assertThat(credits()).last().isEqualTo(2L * MAILBOX_BYTES);
        assertThat(seen).hasSize(2);
    }

    @Test
    void earlyMessagesStayWithinTheCredit() {
        String text = "x".repeat(936);
        for (long number = 2; number <= 5; number++) {
            assertThat(arrives(0, Delivery.ORDERED, number, text)).isTrue();
        }
        assertThat(credits()).isEmpty();
        assertThat(arrives(0, Delivery.ORDERED, 6, text)).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void aChannelThatChangesItsModeEndsTheConnection() {
        assertThat(arrives(9, Delivery.RELIABLE, 1, "a")).isTrue();
        assertThat(arrives(9, Delivery.ORDERED, 2, "b")).isTrue();
        assertThat(seen).containsExactly("a", "disconnect PROTOCOL_ERROR");
    }

    @Test
    void anAnswerGoesInTheModeOfTheQuestionUnlessDeclaredBefore() {
        assertThat(connection.declare(9, Delivery.UNRELIABLE)).isTrue();
        arrives(9, Delivery.RELIABLE, 1, "a");
        arrives(10, Delivery.SEQUENCED, 1, "b");
        assertThat(connection.declare(9, Delivery.UNRELIABLE)).isTrue();
        assertThat(connection.declare(10, Delivery.ORDERED)).isFalse();
        assertThat(connection.declare(10, Delivery.SEQUENCED)).isTrue();
        connection.send(11, new byte[1]);
        assertThat(connection.declare(11, Delivery.RELIABLE)).isFalse();
    }
}
