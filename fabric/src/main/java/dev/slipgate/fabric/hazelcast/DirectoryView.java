package dev.slipgate.fabric.hazelcast;

import dev.slipgate.fabric.directory.ProcessRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one process believes about who is there. Sans-IO, confined to one thread: it is told what
 * the map and the membership say, and answers with what changed.
 *
 * <p>A process is up when it has an entry and is a member. It is down when either is gone, but only
 * by the word of a cluster with brokers in it: while they are away, and until they have been back
 * for {@link #CONFIRM_NS}, what is missing may merely not have found its way back, and closing its
 * connections would harm more than a link's own silence takes to notice.
 */
final class DirectoryView {
    /** Above what members need to find returned brokers (5 s) and to put their entries again. */
    static final long CONFIRM_NS = 10_000_000_000L;

    /** Something that listeners are to hear. */
    sealed interface Change {
        /** It is new, or its record is another. */
        record Up(ProcessRecord process) implements Change {}

        /** It withdrew or left. */
        record Down(ProcessRecord process) implements Change {}
    }

    /**
     * What the membership says.
     *
     * @param processIds the members' process ids
     * @param brokers whether one of them keeps data
     */
    record Members(Set<Long> processIds, boolean brokers) {}

    private final Map<Long, ProcessRecord> known = new LinkedHashMap<>();
    private Map<Long, ProcessRecord> entries = Map.of();
    private boolean brokersHere = true;
    private long confirmedFromNs = Long.MIN_VALUE;

    /** Takes news in; {@code freshEntries} is null when the map could not be read. */
    List<Change> update(
            @Nullable Map<Long, ProcessRecord> freshEntries, Members members, long nowNs) {
        if (freshEntries != null) {
            entries = freshEntries;
        }
        if (members.brokers && !brokersHere) {
            confirmedFromNs = nowNs + CONFIRM_NS;
        }
        brokersHere = members.brokers;
        List<Change> changes = new ArrayList<>();
        if (brokersConfirmed(nowNs)) {
            collectDowns(members, changes);
        }
        collectUps(members, changes);
        return changes;
    }

    /** Whether the brokers' word on who is gone counts now. */
    boolean brokersConfirmed(long nowNs) {
        return brokersHere && (confirmedFromNs == Long.MIN_VALUE || nowNs - confirmedFromNs >= 0);
    }

    List<ProcessRecord> processes() {
        return List.copyOf(known.values());
    }

    private void collectDowns(Members members, List<Change> changes) {
        known.values()
                .removeIf(
                        process -> {
                            long id = process.processId();
                            boolean gone =
                                    !members.processIds.contains(id) || !entries.containsKey(id);
                            if (gone) {
                                changes.add(new Change.Down(process));
                            }
                            return gone;
                        });
    }

    private void collectUps(Members members, List<Change> changes) {
        for (ProcessRecord process : entries.values()) {
            long id = process.processId();
            if (members.processIds.contains(id) && !process.equals(known.get(id))) {
                known.put(id, process);
                changes.add(new Change.Up(process));
            }
        }
    }
}
