package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.Transmit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One session of {@link SessionFuzz}, and what stands around it: keeps account of its bounds. */
final class FuzzedSession extends QuietListener {
    static final int LARGEST_MESSAGE_BYTES = 4_000;
    static final int CREDIT_BYTES = 10_000;
    static final int QUEUE_BYTES = 12_000;

    /** Reliable messages that are gathered, eight others, and what one packet asks for. */
    private static final int MAX_RESERVED_BYTES =
            CREDIT_BYTES
                    + 8 * LARGEST_MESSAGE_BYTES
                    + CarrierKind.MAX_STREAM_PACKET_BYTES * LARGEST_MESSAGE_BYTES / 8;

    private static final int MAX_POLLS = 1_000;
    private static final int MAX_FLYING = 64;
    private static final SlipgateSettings SETTINGS =
            SlipgateSettings.defaults().withSendQueueBytes(QUEUE_BYTES);

    /** What it has sent, the oldest first; the oldest is lost when there is too much. */
    final Deque<byte[]> sent = new ArrayDeque<>();

    final SlipgateSession session;
    boolean consumes = true;
    boolean refusesRoom;
    @Nullable Positions handled;
    private final Transmit out = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private long deadlineNs = Endpoint.NEVER;
    private long reserved;
    private long unconsumed;
    private boolean connected;
    private boolean closed;
    private int ended;

    FuzzedSession(Side side, Agreed agreed) {
        var context =
                new SlipgateContext(
                        SETTINGS,
                        SessionPair.CRYPTO,
                        this,
                        this,
                        new DropCounter(),
                        new BytePool(1 << 16),
                        new Random(side.ordinal()));
        PeerAddress peer = side.gateway() ? SessionPair.CLIENT : SessionPair.GATEWAY;
        session =
                new SlipgateSession(
                        SessionPair.ID, side, peer, SessionPair.keys(), agreed, context);
    }

    void hear(PeerAddress from, byte[] packet, long nowNs) {
        DropReason ignored = session.onPacket(from, packet.clone(), 0, packet.length, nowNs);
        drain(nowNs);
    }

    /** Polls it dry, in which it must come to an end. */
    void drain(long nowNs) {
        int polls = 0;
        while (session.inReadyList) {
            assertThat(++polls).as("polls until it is dry").isLessThan(MAX_POLLS);
            if (session.poll(out, nowNs)) {
                assertThat(out.length).isLessThanOrEqualTo(session.agreed().largestPacketOut());
                sent.addLast(Arrays.copyOf(out.bytes, out.length));
                if (sent.size() > MAX_FLYING) {
                    sent.removeFirst();
                }
            } else {
                session.inReadyList = false;
                session.settle(nowNs);
                assertThat(session.inReadyList).as("ready, and nothing to send").isFalse();
            }
        }
        check();
    }

    void timeOut(long nowNs) {
        if (deadlineNs <= nowNs) {
            deadlineNs = Endpoint.NEVER;
            session.onDeadline(nowNs);
        }
        drain(nowNs);
    }

    long deadlineNs() {
        return deadlineNs;
    }

    /** Everything that came leaves its hold. */
    void consumeAll(long nowNs) {
        session.consumed(unconsumed, nowNs);
        unconsumed = 0;
        drain(nowNs);
    }

    private void check() {
        assertThat(reserved).isBetween(0L, (long) MAX_RESERVED_BYTES);
        assertThat(session.outbox.reliableBytes()).isBetween(0L, (long) QUEUE_BYTES);
        assertThat(session.outbox.unreliableBytes())
                .isBetween(0L, (long) SETTINGS.unreliableQueueBytes());
        assertThat(unconsumed).isLessThanOrEqualTo(CREDIT_BYTES);
        assertThat(ended).isLessThanOrEqualTo(1);
        if (!session.phase().open()) {
            assertThat(reserved).as("room when it is over").isZero();
        }
    }

    @Override
    public void onReady(SlipgateSession ready) {
        ready.inReadyList = true;
    }

    @Override
    public void onDeadline(SlipgateSession about, long newDeadlineNs, long nowNs) {
        deadlineNs = Math.min(deadlineNs, Math.max(newDeadlineNs, nowNs + 1_000_000));
    }

    @Override
    public void onEnded(SlipgateSession about) {
        ended++;
        deadlineNs = Endpoint.NEVER;
    }

    @Override
    public void onConnected(Session about, long nowNs) {
        assertThat(connected).isFalse();
        connected = true;
    }

    @Override
    public boolean tryReserve(Session about, int bytes, long nowNs) {
        assertThat(bytes).isNotNegative();
        if (!refusesRoom) {
            reserved += bytes;
        }
        return !refusesRoom;
    }

    @Override
    public void unreserve(Session about, int bytes) {
        reserved -= bytes;
        assertThat(reserved).isNotNegative();
    }

    @Override
    public void onMessage(
            Session about,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long nowNs) {
        assertThat(connected && !closed).isTrue();
        assertThat(length).isBetween(0, LARGEST_MESSAGE_BYTES);
        assertThat(offset + length).isLessThanOrEqualTo(bytes.length);
        assertThat(reservedBytes).isGreaterThanOrEqualTo(length);
        reserved -= reservedBytes;
        if (delivery.reliable()) {
            unconsumed += length + 64L;
            if (consumes) {
                session.consumed(unconsumed, nowNs);
                unconsumed = 0;
            }
        }
    }

    @Override
    public void onDeliveryAck(Session about, int channel, Positions positions, long nowNs) {
        assertThat(connected && !closed).isTrue();
        handled = positions.copy();
    }

    @Override
    public void onAttach(Session about, Attach attach, long nowNs) {
        assertThat(connected && !closed).isTrue();
        assertThat(attach.channels()).hasSizeLessThanOrEqualTo(256);
        session.sendAttach(attach, nowNs);
    }

    @Override
    public void onClosed(Session about, CloseReason reason, long nowNs) {
        assertThat(connected && !closed).isTrue();
        closed = true;
    }
}
