package dev.slipgate.protocol.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that one thread writes and any thread reads; as cheap to write as a field, and never
 * torn.
 */
public final class SingleWriterCounter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE =
                    MethodHandles.lookup()
                            .findVarHandle(SingleWriterCounter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Adds; on the writing thread only. */
    public void add(long delta) {
        VALUE.setOpaque(this, value + delta);
    }

    /** The number, from any thread; what was written lately may not show yet. */
    public long read() {
        return (long) VALUE.getOpaque(this);
    }
}
