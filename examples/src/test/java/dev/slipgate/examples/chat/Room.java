package dev.slipgate.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipgate.fabric.node.Quality;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A node with connections that note what they are sent: enough to test an app without a cluster.
 */
final class Room implements Node {
    private final List<Connection> seats = new ArrayList<>();

    Seat seat(long id) {
        var seat = new Seat(new ConnectionId(id));
        seats.add(seat);
        return seat;
    }

    @Override
    public String name() {
        return "room";
    }

    @Override
    public Collection<Connection> connections() {
        return seats;
    }

    @Override
    public Optional<Connection> connection(ConnectionId id) {
        return seats.stream().filter(seat -> seat.id().equals(id)).findFirst();
    }

    /** One client's place. */
    final class Seat implements Connection {
        final List<String> heard = new ArrayList<>();
        private final ConnectionId id;
        private Object attachment = "nothing";

        private Seat(ConnectionId id) {
            this.id = id;
        }

        @Override
        public ConnectionId id() {
            return id;
        }

        @Override
        public Node node() {
            return Room.this;
        }

        @Override
        public SendOutcome send(int channel, byte[] bytes) {
            heard.add(new String(bytes, UTF_8));
            return new SendOutcome.Refused(SendOutcome.Reason.OUTBOX_FULL);
        }

        @Override
        public void close(String reason) {
            throw new UnsupportedOperationException(reason);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public String dialect() {
            return "slipgate";
        }

        @Override
        public String identity() {
            return "";
        }

        @Override
        public boolean declare(int channel, Delivery delivery) {
            return true;
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.7:40112";
        }

        @Override
        public Duration latency() {
            return Duration.ZERO;
        }

        @Override
        public Quality statistics() {
            return Quality.UNKNOWN;
        }

        @Override
        public void attach(Object attachment) {
            this.attachment = attachment;
        }

        @Override
        public boolean isAttached(Class<?> type) {
            return type.isInstance(attachment);
        }

        @Override
        public <T> T attachment(Class<T> type) {
            return type.cast(attachment);
        }
    }
}
