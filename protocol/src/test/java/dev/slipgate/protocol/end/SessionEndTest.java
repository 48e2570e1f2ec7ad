package dev.slipgate.protocol.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.SendResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionEndTest {
    private final List<String> heard = new ArrayList<>();
    private final SessionEnd end =
            new SessionEnd(
                    new BytePool(1 << 20),
                    new EndConfig(EndConfig.Role.CLIENT, 1000, 1000, 500),
                    new Hearing());

    private final class Hearing implements EndListener {
        @Override
        public void onAttached(Attach peer, long nowNs) {
            heard.add("attached " + peer.epoch());
        }

        @Override
        public void onMessage(
                int channel,
                Delivery delivery,
                long number,
                byte[] bytes,
                int offset,
                int length,
                long nowNs) {
            heard.add("message " + channel + " " + number);
        }

        @Override
        public void onDelivered(int channel, long number, @Nullable Object tag, long nowNs) {
            heard.add("delivered " + tag);
        }

        @Override
        public void onGivenUp(int channel, long number, @Nullable Object tag) {
            heard.add("given up " + tag);
        }

        @Override
        public void onGap(int channel, long firstKept, long missing, long nowNs) {
            heard.add("gap of " + missing + " below " + firstKept);
        }

        @Override
        public void onWritable(long nowNs) {
            heard.add("writable");
        }

        @Override
        public void onClosed(CloseReason reason, long nowNs) {
            heard.add("closed " + reason);
        }
    }

    /** Writes down what it was given. */
    private final class Recorder extends FakeSession {
        final List<String> given = new ArrayList<>();
        int room = Integer.MAX_VALUE;
        long consumed;

        @Override
        protected boolean take(int channel, Delivery delivery, long number, byte[] bytes) {
            if (room == 0) {
                return false;
            }
            room--;
            given.add(channel + " " + number);
            return true;
        }

        @Override
        public void sendAttach(Attach attach, long nowNs) {
            String fresh = attach.fresh() ? " fresh" : "";
            given.add("attach " + attach.generation() + " epoch " + attach.epoch() + fresh);
        }

        @Override
        public void deliveryAck(int channel, Positions handled, long nowNs) {
            given.add("ack " + channel + " " + handled.upTo());
        }

        @Override
        public void consumed(long costBytes, long nowNs) {
            consumed += costBytes;
        }

        @Override
        public void close(CloseReason reason, long nowNs) {
            given.add("close " + reason);
            end.onClosed(this, reason, nowNs);
        }
    }

    private Recorder session() {
        var session = new Recorder();
        end.onConnected(session, 0);
        return session;
    }

    private Recorder attached() {
        Recorder session = session();
        end.onAttach(session, new Attach(true, 1, 1, List.of()), 0);
        session.given.clear();
        heard.clear();
        return session;
    }

    private SendResult send(int channel, int length, String tag) {
        return end.send(channel, new byte[length], 0, length, tag, 0);
    }

    private void arrives(Recorder session, int channel, Delivery delivery, long number) {
        end.onMessage(session, channel, delivery, number, new byte[10], 0, 10, 10, 0);
    }

    private static Positions upTo(long number) {
        var positions = new Positions();
        positions.reset(number);
        return positions;
    }

    private static Attach.Channel channel(
            int channel, long firstKept, long next, long received, long handled) {
        return new Attach.Channel(
                channel,
                Delivery.ofChannel(channel),
                firstKept,
                next,
                upTo(received),
                upTo(handled));
    }

    @Test
    void aFirstSessionSaysAttachAndNeedNotWaitForTheAnswer() {
        send(0, 10, "before");
        Recorder session = session();
        send(0, 10, "right behind");
        assertThat(session.given).containsExactly("attach 1 epoch 0 fresh", "0 1", "0 2");
        end.onAttach(session, new Attach(true, 1, 1, List.of()), 0);
        end.onAttach(session, new Attach(true, 1, 1, List.of()), 0);
        assertThat(heard).containsExactly("attached 1");
        assertThat(session.given).hasSize(3);
        assertThat(end.lastNumber(0)).isEqualTo(2);
    }

    @Test
    void aLaterSessionWaitsAndThenSendsWhatTheOtherEndLacks() {
        attached();
        for (int i = 1; i <= 5; i++) {
            send(0, 10, "m" + i);
        }
        Recorder next = session();
        assertThat(next.given).containsExactly("attach 2 epoch 1");
        assertThat(send(3, 10, "unreliable")).isEqualTo(SendResult.CLOSED);
        end.onAttach(next, new Attach(false, 2, 1, List.of(channel(0, 1, 1, 3, 2))), 0);
        assertThat(heard).containsExactly("delivered m1", "delivered m2", "attached 1");
        assertThat(next.given).containsExactly("attach 2 epoch 1", "0 4", "0 5");
    }

    @Test
    void anAckIsOwedForWhatTheOtherEndStillKeepsThoughItIsHandled() {
        Recorder first = attached();
        arrives(first, 0, Delivery.ORDERED, 1);
        arrives(first, 1, Delivery.RELIABLE, 1);
        end.handled(0, 1, 10, 0);
        end.handled(1, 1, 10, 0);
        Recorder next = session();
        end.onAttach(
                next,
                new Attach(false, 2, 1, List.of(channel(0, 1, 2, 0, 0), channel(1, 2, 2, 0, 0))),
                0);
        assertThat(next.given).containsExactly("attach 2 epoch 1", "ack 0 1");
    }

    @Test
    void aFormerSessionAndAFormerOwnerAreNotListenedTo() {
        Recorder first = attached();
        Recorder second = session();
        arrives(first, 0, Delivery.ORDERED, 1);
        end.onAttach(second, new Attach(false, 1, 5, List.of()), 0);
        end.onAttach(second, new Attach(false, 2, 0, List.of()), 0);
        assertThat(heard).isEmpty();
        end.onAttach(second, new Attach(false, 2, 3, List.of()), 0);
        end.onClosed(first, CloseReason.CLIENT_TIMEOUT, 0);
        assertThat(heard).containsExactly("attached 3");
        assertThat(end.session()).isSameAs(second);
    }

    @Test
    void aNewOwnerIsAnsweredAndGetsWhatItLacks() {
        Recorder session = attached();
        send(0, 10, "m1");
        end.onAttach(session, new Attach(false, 1, 2, List.of(channel(0, 1, 1, 0, 0))), 0);
        assertThat(session.given).containsExactly("0 1", "attach 1 epoch 2 fresh", "0 1");
    }

    @Test
    void messagesThatNobodyKeepsAreAGap() {
        Recorder session = attached();
        arrives(session, 0, Delivery.ORDERED, 1);
        arrives(session, 0, Delivery.ORDERED, 4);
        arrives(session, 0, Delivery.ORDERED, 8);
        Recorder next = session();
        end.onAttach(next, new Attach(false, 2, 2, List.of(channel(0, 7, 9, 0, 0))), 0);
        arrives(next, 0, Delivery.ORDERED, 7);
        assertThat(heard)
                .containsExactly(
                        "message 0 1",
                        "gap of 4 below 7",
                        "message 0 4",
                        "attached 2",
                        "message 0 7",
                        "message 0 8");
        for (long number : new long[] {1, 4, 7, 8}) {
            end.handled(0, number, 10, 0);
        }
        assertThat(next.given).endsWith("ack 0 8");
        assertThat(end.unhandledBytes()).isZero();
    }

    @Test
    void theOutboxIsBoundedAndTellsOfRoom() {
        Recorder session = attached();
        assertThat(send(0, 501, "above the bound")).isEqualTo(SendResult.TOO_LARGE);
        session.maxMessageBytes = 400;
        assertThat(send(0, 401, "above the session's")).isEqualTo(SendResult.TOO_LARGE);
        assertThat(send(0, 400, "a")).isEqualTo(SendResult.QUEUED);
        assertThat(send(0, 400, "b")).isEqualTo(SendResult.QUEUED);
        assertThat(send(0, 100, "c")).isEqualTo(SendResult.BACKPRESSURED);
        assertThat(end.outboxBytes()).isEqualTo(928);
        end.onDeliveryAck(session, 0, upTo(1), 0);
        assertThat(heard).containsExactly("delivered a", "writable");
        assertThat(send(0, 100, "c")).isEqualTo(SendResult.QUEUED);
    }

    @Test
    void aFullSessionIsGivenTheRestWhenItHasRoom() {
        Recorder session = attached();
        session.room = 2;
        for (int i = 0; i < 2; i++) {
            send(0, 10, "a");
            send(1, 10, "b");
        }
        assertThat(session.given).containsExactly("0 1", "1 1");
        session.room = 9;
        end.onWritable(session, 0);
        assertThat(session.given).containsExactly("0 1", "1 1", "0 2", "1 2");
    }

    @Test
    void creditComesBackOnceForEachMessage() {
        Recorder session = attached();
        arrives(session, 1, Delivery.RELIABLE, 1);
        arrives(session, 1, Delivery.RELIABLE, 1);
        assertThat(session.consumed).isEqualTo(74);
        assertThat(end.firstCreditBytes()).isEqualTo(926);
        end.handled(1, 1, 10, 0);
        end.handled(1, 1, 10, 0);
        assertThat(session.consumed).isEqualTo(148);
        assertThat(end.firstCreditBytes()).isEqualTo(1000);
        assertThatThrownBy(() -> end.handled(1, 2, 10, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPeerBeyondItsCreditOrWithAChangedModeIsBroken() {
        Recorder session = attached();
        arrives(session, 5, Delivery.RELIABLE, 1);
        arrives(session, 5, Delivery.ORDERED, 2);
        assertThat(session.given).containsExactly("close PROTOCOL_ERROR");
        Recorder next = session();
        for (long number = 2; number < 40; number++) {
            arrives(next, 0, Delivery.ORDERED, number);
        }
        assertThat(next.given).endsWith("close PROTOCOL_ERROR");
    }

    @Test
    void anEndThatIsClosedGivesUpWhatItKeeps() {
        Recorder session = attached();
        send(0, 10, "m1");
        end.close(CloseReason.CLIENT_CLOSED, 0);
        assertThat(heard).containsExactly("closed CLIENT_CLOSED", "given up m1");
        assertThat(send(0, 10, "m2")).isEqualTo(SendResult.CLOSED);
        assertThat(end.outboxBytes()).isZero();
        assertThat(session().given).containsExactly("close CLIENT_CLOSED");
        assertThat(session.given.getLast()).isEqualTo("close CLIENT_CLOSED");
    }

    @Test
    void aChannelKeepsItsDeclaredMode() {
        assertThat(end.declare(9, Delivery.UNRELIABLE)).isTrue();
        assertThat(end.declare(9, Delivery.ORDERED)).isFalse();
        send(10, 10, "by default");
        assertThat(end.declare(10, Delivery.RELIABLE)).isFalse();
        assertThatThrownBy(() -> end.declare(256, Delivery.ORDERED))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
