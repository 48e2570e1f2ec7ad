package dev.slipgate.protocol.end;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A native session without a network; what is sent goes to {@link #take}. */
abstract class FakeSession implements Session {
    private record Address(String host) implements PeerAddress {}

    private final SessionStats stats = new SessionStats();
    private @Nullable Object attachment;
    int maxMessageBytes = Integer.MAX_VALUE;

    /** A message to be sent; false when there is no room. */
    protected abstract boolean take(int channel, Delivery delivery, long number, byte[] bytes);

    @Override
    public SendResult send(
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            long nowNs) {
        if (length > maxMessageBytes) {
            return SendResult.TOO_LARGE;
        }
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        return take(channel, delivery, number, copy) ? SendResult.QUEUED : SendResult.BACKPRESSURED;
    }

    @Override
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public PeerAddress peer() {
        return new Address("peer");
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public boolean betweenEnds() {
        return true;
    }

    @Override
    public void close(CloseReason reason, long nowNs) {}

    @Override
    public SessionStats stats() {
        return stats;
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(@Nullable Object value) {
        attachment = value;
    }
}
