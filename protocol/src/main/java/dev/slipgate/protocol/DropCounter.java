package dev.slipgate.protocol;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts drops by reason. Any thread may count and read; a count costs a few nanoseconds. */
public final class DropCounter {
    private final LongAdder[] counts = new LongAdder[DropReason.values().length];

    public DropCounter() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    public void count(DropReason reason) {
        counts[reason.ordinal()].increment();
    }

    public long total(DropReason reason) {
        return counts[reason.ordinal()].sum();
    }

    /** All reasons with their counts, zeros included, in the order of the list. */
    public Map<DropReason, Long> snapshot() {
        var snapshot = new EnumMap<DropReason, Long>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            snapshot.put(reason, counts[reason.ordinal()].sum());
        }
        return snapshot;
    }

    /** The same by {@link DropReason#key}, for {@code /stats}. */
    public Map<String, Long> byKey() {
        var byKey = new LinkedHashMap<String, Long>();
        snapshot().forEach((reason, total) -> byKey.put(reason.key(), total));
        return byKey;
    }
}
