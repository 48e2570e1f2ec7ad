package dev.slipgate.fabric.directory;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * How the keys of a gateway go with those of the other gateways. A client that pins one key must
 * find it at whichever gateway it is sent to; while keys are changed, at least one is everywhere.
 */
public sealed interface KeyOverlap {
    /** All have the same keys, in whatever order. */
    record Whole() implements KeyOverlap {}

    /**
     * There is a key in common with each, but not all are.
     *
     * @param differing the gateways with other keys too, or without some
     */
    record Partial(List<ProcessRecord> differing) implements KeyOverlap {}

    /**
     * No key in common.
     *
     * @param stranger the first gateway of which that holds
     */
    record None(ProcessRecord stranger) implements KeyOverlap {}

    /**
     * Compares.
     *
     * @param processes who is there, {@code self} perhaps among them; those without keys do not
     *     matter
     */
    static KeyOverlap of(ProcessRecord self, Collection<ProcessRecord> processes) {
        List<ProcessRecord> differing =
                processes.stream().filter(process -> differs(self, process)).toList();
        for (ProcessRecord other : differing) {
            if (Collections.disjoint(self.keyIds(), other.keyIds())) {
                return new None(other);
            }
        }
        return differing.isEmpty() ? new Whole() : new Partial(differing);
    }

    private static boolean differs(ProcessRecord self, ProcessRecord other) {
        boolean both = !self.keyIds().isEmpty() && !other.keyIds().isEmpty();
        return both
                && other.processId() != self.processId()
                && !(self.keyIds().containsAll(other.keyIds())
                        && other.keyIds().containsAll(self.keyIds()));
    }
}
