package dev.slipgate.fabric.cluster;

import dev.slipgate.fabric.gateway.GatewayLane;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's session that remembers what it was given; the test says when the client has it. */
final class FakeSession implements Session {
    record Given(int channel, Delivery delivery, long number, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private record Address(String host) implements PeerAddress {
        @Override
        public String toString() {
            return host + ":1";
        }
    }

    final List<Given> given = new ArrayList<>();
    @Nullable CloseReason closed;
    private final GatewayLane lane;
    private final SessionStats stats = new SessionStats();
    private @Nullable Object attachment;

    FakeSession(GatewayLane lane) {
        this.lane = lane;
    }

    /** The client sends; false when the gateway has no room. */
    boolean clientSends(String text, long nowNs) {
        return clientSends(text.getBytes(StandardCharsets.UTF_8), nowNs);
    }

    boolean clientSends(byte[] bytes, long nowNs) {
        if (!lane.tryReserve(this, bytes.length, nowNs)) {
            return false;
        }
        lane.onMessage(this, 1, Delivery.RELIABLE, 0, bytes, 0, bytes.length, bytes.length, nowNs);
        return true;
    }

    /** The client acknowledges everything reliable that it was given. */
    void clientHasAll(long nowNs) {
        for (Given message : List.copyOf(given)) {
            if (message.delivery().reliable()) {
                lane.onDelivered(this, message.channel(), message.number(), nowNs);
            }
        }
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public PeerAddress peer() {
        return new Address("client");
    }

    @Override
    public boolean connected() {
        return closed == null;
    }

    @Override
    public SendResult send(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        if (closed != null) {
            return SendResult.CLOSED;
        }
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        given.add(new Given(channel, delivery, number, copy));
        return SendResult.QUEUED;
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        if (closed == null) {
            closed = reason;
            lane.onClosed(this, reason, nowNs);
        }
    }

    @Override
    public SessionStats stats() {
        return stats;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }
}
