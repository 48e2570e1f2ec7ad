package dev.slipgate.protocol.end;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.SendResult;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes through two ends in order, out of order and back costs no garbage. */
class EndGarbageTest {
    private static final int ROUNDS = 50_000;
    private static final byte[] MESSAGE = new byte[200];

    private final Echo client = new Echo(EndConfig.Role.CLIENT);
    private final Echo node = new Echo(EndConfig.Role.NODE);

    /** Handles at once what comes, and a node answers it. */
    private static final class Echo implements EndListener {
        final SessionEnd end;
        private final boolean answers;
        long handled;
        long delivered;

        Echo(EndConfig.Role role) {
            end = new SessionEnd(new BytePool(1 << 20), EndConfig.defaults(role), this);
            answers = role == EndConfig.Role.NODE;
        }

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
            handled++;
            if (answers) {
                end.send(channel, bytes, offset, length, nowNs);
            }
            end.handled(channel, number, length, nowNs);
        }

        @Override
        public void onDelivered(int channel, long number, @Nullable Object tag, long nowNs) {
            delivered++;
        }

        @Override
        public void onWritable(long nowNs) {}

        @Override
        public void onClosed(CloseReason reason, long nowNs) {}
    }

    /** Hands over at once, except that every second ordered message overtakes the one before. */
    private static final class Wire extends FakeSession {
        private final SessionEnd to;
        private @Nullable Wire other;
        private final byte[] heldBack = new byte[MESSAGE.length];
        private long heldNumber;

        Wire(SessionEnd to) {
            this.to = to;
        }

        private Wire other() {
            if (other == null) {
                throw new IllegalStateException("not joined");
            }
            return other;
        }

        @Override
        protected boolean take(int channel, Delivery delivery, long number, byte[] bytes) {
            throw new IllegalStateException("it copies");
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
            if (delivery == Delivery.ORDERED && heldNumber == 0) {
                System.arraycopy(bytes, offset, heldBack, 0, length);
                heldNumber = number;
                return SendResult.QUEUED;
            }
            arrive(channel, delivery, number, bytes, offset, length, nowNs);
            if (delivery == Delivery.ORDERED) {
                long late = heldNumber;
                heldNumber = 0;
                arrive(channel, delivery, late, heldBack, 0, length, nowNs);
            }
            return SendResult.QUEUED;
        }

        private void arrive(
                int channel,
                Delivery delivery,
                long number,
                byte[] bytes,
                int offset,
                int length,
                long nowNs) {
            to.onMessage(other(), channel, delivery, number, bytes, offset, length, length, nowNs);
        }

        @Override
        public void deliveryAck(int channel, Positions handled, long nowNs) {
            to.onDeliveryAck(other(), channel, handled, nowNs);
        }

        @Override
        public void sendAttach(Attach attach, long nowNs) {
            to.onAttach(other(), attach, nowNs);
        }

        @Override
        public void consumed(long costBytes, long nowNs) {}
    }

    private void connect() {
        var up = new Wire(node.end);
        var down = new Wire(client.end);
        up.other = down;
        down.other = up;
        node.end.onConnected(down, 0);
        client.end.onConnected(up, 0);
        assertThat(client.end.attached()).isTrue();
    }

    private long bytesOfRounds() {
        long before = allocated();
        for (int i = 0; i < ROUNDS; i++) {
            client.end.send(0, MESSAGE, 0, MESSAGE.length, i);
            client.end.send(1, MESSAGE, 0, MESSAGE.length, i);
            client.end.send(3, MESSAGE, 0, MESSAGE.length, i);
        }
        return allocated() - before;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void anEchoMakesNoGarbage() {
        connect();
        bytesOfRounds();
        long bytes = bytesOfRounds();
        assertThat(client.handled).isEqualTo(6L * ROUNDS);
        assertThat(client.delivered).isEqualTo(4L * ROUNDS);
        assertThat(client.end.outboxBytes() + node.end.outboxBytes()).isZero();
        assertThat((double) bytes / ROUNDS).isLessThan(1.0);
    }
}
