package dev.slipgate.protocol.end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.memory.BigEndian;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.SendResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application over an end: sends numbered messages on channels of every mode, checks at once
 * what comes, and handles it later, in any order.
 */
public final class TestApp implements EndListener {
    private record Unhandled(int channel, long number, int length) {}

    /** The declared channels: beside the four of the defaults, one against its default. */
    public static final int DECLARED = 9;

    public final SessionEnd end;
    private final Random random;
    private final List<Unhandled> unhandled = new ArrayList<>();
    private final List<Set<Long>> got = new ArrayList<>();
    private final long[] newest = new long[DECLARED + 1];
    public final long[] sent = new long[DECLARED + 1];
    public long delivered;
    public int attached;
    public boolean full;

    public TestApp(EndConfig config, Random random) {
        this.random = random;
        this.end = new SessionEnd(new BytePool(1 << 20), config, this);
        assertThat(end.declare(DECLARED, Delivery.RELIABLE)).isTrue();
        for (int channel = 0; channel <= DECLARED; channel++) {
            got.add(new HashSet<>());
        }
    }

    /** Sends on a random channel. */
    public void send(long nowNs) {
        int channel = random.nextInt(5);
        channel = channel == 4 ? DECLARED : channel;
        byte[] bytes = new byte[8 + (int) Math.exp(random.nextDouble() * 7)];
        BigEndian.put64(bytes, 0, sent[channel] + 1);
        SendResult result = end.send(channel, bytes, 0, bytes.length, sent[channel] + 1, nowNs);
        if (result == SendResult.QUEUED) {
            sent[channel]++;
        }
        full |= result == SendResult.BACKPRESSURED;
    }

    /** Is through with some of what came. */
    public void handle(int count, long nowNs) {
        for (int i = 0; i < count && !unhandled.isEmpty(); i++) {
            Unhandled next = unhandled.remove(random.nextInt(Math.min(5, unhandled.size())));
            end.handled(next.channel(), next.number(), next.length(), nowNs);
        }
    }

    public long reliableSent() {
        return sent[0] + sent[1] + sent[DECLARED];
    }

    public long reliableGot() {
        return got.get(0).size() + got.get(1).size() + (long) got.get(DECLARED).size();
    }

    public int got(int channel) {
        return got.get(channel).size();
    }

    @Override
    public void onAttached(Attach peer, long nowNs) {
        attached++;
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
        long content = BigEndian.i64(bytes, offset);
        if (delivery.reliable()) {
            assertThat(content).isEqualTo(number);
            unhandled.add(new Unhandled(channel, number, length));
        }
        switch (delivery) {
            case ORDERED -> assertThat(number).isEqualTo(newest[channel] + 1);
            case SEQUENCED -> assertThat(number).isGreaterThan(newest[channel]);
            case RELIABLE, UNRELIABLE -> {}
        }
        newest[channel] = number;
        assertThat(got.get(channel).add(number)).as("once").isTrue();
    }

    @Override
    public void onDelivered(int channel, long number, @Nullable Object tag, long nowNs) {
        assertThat(tag).isEqualTo(number);
        delivered++;
    }

    @Override
    public void onGap(int channel, long firstKept, long missing, long nowNs) {
        throw new AssertionError("a gap of " + missing);
    }

    @Override
    public void onWritable(long nowNs) {
        full = false;
    }

    @Override
    public void onClosed(CloseReason reason, long nowNs) {}
}
