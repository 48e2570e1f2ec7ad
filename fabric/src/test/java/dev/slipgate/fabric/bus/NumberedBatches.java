package dev.slipgate.fabric.bus;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.lane.LaneEngine;
import dev.slipgate.fabric.lane.OutgoingBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A toy engine: it sends numbered batches of pseudo-random length to one address, and notes what
 * arrives. What it is told to send, it may be told from any thread.
 */
public final class NumberedBatches implements LaneEngine {
    public final List<Integer> received = new CopyOnWriteArrayList<>();
    public final AtomicInteger corrupt = new AtomicInteger();
    public final AtomicInteger timeouts = new AtomicInteger();
    final AtomicLong deadlineNs = new AtomicLong(NEVER);

    private final String destination;
    private final AtomicInteger target = new AtomicInteger();
    private int next;

    public NumberedBatches(String destination) {
        this.destination = destination;
    }

    /** Lets it send up to this many batches in all; a flush sends them. */
    public void sendUpTo(int count) {
        target.set(count);
    }

    /** The bytes of batch {@code number}: the number, then filling that depends on it. */
    static void fill(OutgoingBatch out, int number) {
        out.length = lengthOf(number);
        ByteBuffer.wrap(out.bytes).putInt(0, number);
        for (int i = 4; i < out.length; i++) {
            out.bytes[i] = (byte) (number + i);
        }
    }

    static int lengthOf(int number) {
        return 4 + (int) (((number * 2_654_435_761L) >>> 8) % (OutgoingBatch.CAPACITY_BYTES - 3));
    }

    @Override
    public void onBatch(ByteBuffer batch, long nowNs) {
        int start = batch.position();
        int number = batch.getInt(start);
        received.add(number);
        boolean whole = batch.remaining() == lengthOf(number);
        for (int i = 4; whole && i < batch.remaining(); i++) {
            whole = batch.get(start + i) == (byte) (number + i);
        }
        if (!whole) {
            corrupt.incrementAndGet();
        }
    }

    @Override
    public void onTimeout(long nowNs) {
        timeouts.incrementAndGet();
        deadlineNs.set(NEVER);
    }

    @Override
    public void onProcessUp(ProcessRecord process, long nowNs) {}

    @Override
    public void onProcessDown(ProcessRecord process, long nowNs) {}

    @Override
    public boolean pollBatch(OutgoingBatch out, long nowNs) {
        if (next == target.get()) {
            return false;
        }
        out.address = destination;
        fill(out, next++);
        return true;
    }

    @Override
    public long nextTimeoutNs() {
        return deadlineNs.get();
    }
}
