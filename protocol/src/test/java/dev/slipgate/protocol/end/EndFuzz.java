package dev.slipgate.protocol.end;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.fuzz.Input;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.slipgate.frame.FrameKind;
import dev.slipgate.protocol.slipgate.frame.FrameReader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/**
 * An end that hears any ATTACH, DELIVERY_ACK and messages that frames can say, on one session after
 * another, while it sends and handles: no exception, and every bound holds.
 */
@Tag("ci")
class EndFuzz {
    private static final int MAX_OPERATIONS = 200;
    private static final int OUTBOX_BYTES = 8_000;
    private static final int CREDIT_BYTES = 8_000;
    private static final int LARGEST_BYTES = 2_000;

    /** What an app has got and not handled yet. */
    private record Unhandled(int channel, long number, int length) {}

    private final Deque<Unhandled> unhandled = new ArrayDeque<>();
    private final byte[] payload = new byte[LARGEST_BYTES];
    private long nowNs = 1;

    @FuzzTest(maxDuration = "25s")
    void fuzz(byte[] bytes) {
        new EndFuzz().run(bytes); // the fuzzer's instance is always the same
    }

    private void run(byte[] bytes) {
        var input = new Input(bytes);
        var role = EndConfig.Role.values()[input.u8() % 2];
        var config = new EndConfig(role, OUTBOX_BYTES, CREDIT_BYTES, LARGEST_BYTES);
        var end = new SessionEnd(new BytePool(1 << 16), config, new App());
        FakeSession session = new Sink();
        end.onConnected(session, nowNs);
        for (int i = 0; i < MAX_OPERATIONS && !input.atEnd(); i++) {
            switch (input.u8() % 6) {
                case 0 -> end.send(input.u8(), payload, 0, input.u8() * 8, nowNs);
                case 1 -> handleOne(end);
                case 2 -> {
                    session = new Sink();
                    end.onConnected(session, nowNs);
                }
                case 3 -> end.onWritable(session, nowNs);
                default -> hear(end, session, input.bytes(input.u8()));
            }
            nowNs++;
            assertThat(end.outboxBytes()).isBetween(0L, (long) OUTBOX_BYTES);
            assertThat(end.unhandledBytes()).isNotNegative();
            assertThat(end.firstCreditBytes()).isNotNegative();
        }
        end.close(CloseReason.APP_CLOSED, nowNs);
        assertThat(end.outboxBytes()).isZero();
    }

    private void handleOne(SessionEnd end) {
        Unhandled next = unhandled.pollFirst();
        if (next != null) {
            end.handled(next.channel, next.number, next.length, nowNs);
        }
    }

    /** Frames of a packet that a session would hand on. */
    private void hear(SessionEnd end, FakeSession session, byte[] frames) {
        var reader = new FrameReader();
        reader.begin(frames, 0, frames.length);
        int kind;
        while ((kind = reader.next()) >= 0) {
            switch (FrameKind.base(kind)) {
                case FrameKind.ATTACH ->
                        end.onAttach(session, reader.readAttach().content(), nowNs);
                case FrameKind.DELIVERY_ACK -> {
                    var handled = new Positions();
                    reader.readPositions(handled);
                    end.onDeliveryAck(session, reader.channel(), handled, nowNs);
                }
                case FrameKind.MESSAGE ->
                        end.onMessage(
                                session,
                                reader.channel(),
                                reader.delivery(),
                                reader.number(),
                                frames,
                                reader.dataOffset(),
                                reader.dataLength(),
                                reader.dataLength(),
                                nowNs);
                default -> {}
            }
        }
    }

    /** Takes every third message; where it goes to is of no interest. */
    private static final class Sink extends FakeSession {
        private int offered;

        @Override
        protected boolean take(int channel, Delivery delivery, long number, byte[] bytes) {
            return ++offered % 3 != 0;
        }

        @Override
        public void sendAttach(Attach attach, long atNs) {}

        @Override
        public void deliveryAck(int channel, Positions handled, long atNs) {}
    }

    /** Remembers what it has to handle. */
    private final class App implements EndListener {
        @Override
        public void onAttached(Attach peer, long atNs) {}

        @Override
        public void onMessage(
                int channel,
                Delivery delivery,
                long number,
                byte[] bytes,
                int offset,
                int length,
                long atNs) {
            unhandled.addLast(new Unhandled(channel, number, length));
        }

        @Override
        public void onDelivered(int channel, long number, @Nullable Object tag, long atNs) {}

        @Override
        public void onWritable(long atNs) {}

        @Override
        public void onClosed(CloseReason reason, long atNs) {}
    }
}
