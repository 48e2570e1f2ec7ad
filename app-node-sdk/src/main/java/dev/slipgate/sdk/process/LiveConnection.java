package dev.slipgate.sdk.process;

import dev.slipgate.fabric.node.NodeConnection;
import dev.slipgate.fabric.node.Quality;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.ConnectionId;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Node;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The app's view of one of fabric's connections. Thread-safe. */
final class LiveConnection implements Connection {
    private final NodeConnection connection;
    private final Node node;
    private final String idText;
    private volatile @Nullable Object attachment;

    LiveConnection(NodeConnection connection, Node node) {
        this.connection = connection;
        this.node = node;
        this.idText = connection.id().toString();
    }

    @Override
    public ConnectionId id() {
        return connection.id();
    }

    /** The id in its log form, made once: every line about the connection has it. */
    String idText() {
        return idText;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public SendOutcome send(int channel, byte[] bytes) {
        return connection.send(channel, bytes);
    }

    @Override
    public void close(String reason) {
        connection.close(CloseReason.APP_CLOSED, reason);
    }

    @Override
    public boolean isOpen() {
        return connection.open();
    }

    @Override
    public boolean declare(int channel, Delivery delivery) {
        return connection.declare(channel, delivery);
    }

    @Override
    public String identity() {
        return connection.identity();
    }

    @Override
    public String dialect() {
        return connection.dialect();
    }

    @Override
    public String remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public Duration latency() {
        return Duration.ofNanos(connection.quality().rttNs() / 2);
    }

    @Override
    public Quality statistics() {
        return connection.quality();
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
        Object attached = attachment;
        if (!type.isInstance(attached)) {
            throw new IllegalStateException(
                    "connection "
                            + idText
                            + " has no "
                            + type.getName()
                            + " attached but "
                            + (attached == null ? "nothing" : attached.getClass().getName()));
        }
        return type.cast(attached);
    }

    @Override
    public String toString() {
        return "Connection[" + idText + ", " + remoteAddress() + "]";
    }
}
