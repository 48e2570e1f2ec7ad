package dev.slipgate.testing.gateway;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.end.EndConfig;
import dev.slipgate.protocol.end.EndListener;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The other end of each session of an {@link EchoGateway}: echoes, and has handled what it echoed.
 * On its thread, but for what tests ask.
 */
public final class EchoSessions implements SessionListener {
    private final BytePool pool;
    private final Map<Session, SessionEnd> ends = new LinkedHashMap<>();
    private volatile boolean handles = true;
    private volatile boolean echoes = true;
    private final AtomicInteger received = new AtomicInteger();
    private volatile long unhandledByClientsBytes;

    EchoSessions(BytePool pool) {
        this.pool = pool;
    }

    /** Messages that have come, of all clients. */
    public int received() {
        return received.get();
    }

    /** What clients have not handled yet, each message at its cost. */
    public long unhandledByClientsBytes() {
        return unhandledByClientsBytes;
    }

    /** Takes messages from now on without answering or handling them. */
    public void beLazy() {
        handles = false;
        echoes = false;
    }

    void closeAll(CloseReason reason, long nowNs) {
        for (Session session : List.copyOf(ends.keySet())) {
            session.close(reason, nowNs);
        }
    }

    private final class Echo implements EndListener {
        private @Nullable SessionEnd end;

        @Override
        public void onAttached(Attach peer, long nowNs) {}

        @Override
        public void onMessage(
                int channel,
                Delivery delivery,
                long number,
                byte[] bytes,
                int offset,
                int length,
                long nowNs) {
            received.incrementAndGet();
            SessionEnd to = Objects.requireNonNull(end);
            if (echoes) {
                to.send(channel, bytes, offset, length, nowNs);
                unhandledByClientsBytes = to.outboxBytes();
            }
            if (handles) {
                to.handled(channel, number, length, nowNs);
            }
        }

        @Override
        public void onDelivered(int channel, long number, @Nullable Object tag, long nowNs) {
            unhandledByClientsBytes = Objects.requireNonNull(end).outboxBytes();
        }

        @Override
        public void onWritable(long nowNs) {}

        @Override
        public void onClosed(CloseReason reason, long nowNs) {}
    }

    @Override
    public void onConnected(Session session, long nowNs) {
        var echo = new Echo();
        var end = new SessionEnd(pool, EndConfig.defaults(EndConfig.Role.NODE), echo);
        echo.end = end;
        ends.put(session, end);
        end.onConnected(session, nowNs);
    }

    private SessionEnd of(Session session) {
        return Objects.requireNonNull(ends.get(session));
    }

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        return of(session).tryReserve(session, bytes, nowNs);
    }

    @Override
    public void unreserve(Session session, int bytes) {
        of(session).unreserve(session, bytes);
    }

    @Override
    public void onMessage(
            Session session,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long nowNs) {
        of(session)
                .onMessage(
                        session,
                        channel,
                        delivery,
                        number,
                        bytes,
                        offset,
                        length,
                        reservedBytes,
                        nowNs);
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {
        of(session).onDelivered(session, channel, number, nowNs);
    }

    @Override
    public void onDeliveryAck(Session session, int channel, Positions handled, long nowNs) {
        of(session).onDeliveryAck(session, channel, handled, nowNs);
    }

    @Override
    public void onAttach(Session session, Attach attach, long nowNs) {
        of(session).onAttach(session, attach, nowNs);
    }

    @Override
    public void onWritable(Session session, long nowNs) {
        of(session).onWritable(session, nowNs);
    }

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        SessionEnd end = ends.remove(session);
        if (end != null) {
            end.onClosed(session, reason, nowNs);
        }
    }
}
