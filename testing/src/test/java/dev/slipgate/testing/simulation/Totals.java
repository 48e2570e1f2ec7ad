package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.channel.Delivery;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What worlds have done, added up. */
final class Totals {
    private final Map<Delivery, long[]> messages = new EnumMap<>(Delivery.class);
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Long> others = new TreeMap<>();
    private long virtualMs;
    private int worlds;

    void addMessages(Delivery delivery, long sent, long came) {
        long[] counts = messages.computeIfAbsent(delivery, at -> new long[2]);
        counts[0] += sent;
        counts[1] += came;
    }

    long messagesSent() {
        return messages.values().stream().mapToLong(counts -> counts[0]).sum();
    }

    void add(Fault fault, long count) {
        faults.merge(fault, count, Long::sum);
    }

    long count(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    void add(String what, long count) {
        others.merge(what, count, Long::sum);
    }

    void endWorld(long elapsedMs) {
        virtualMs += elapsedMs;
        worlds++;
    }

    void addAll(Totals other) {
        other.messages.forEach((mode, counts) -> addMessages(mode, counts[0], counts[1]));
        other.faults.forEach(this::add);
        other.others.forEach(this::add);
        virtualMs += other.virtualMs;
        worlds += other.worlds;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append("%d seeds, %.1f virtual hours%n".formatted(worlds, virtualMs / 3_600_000.0));
        text.append("  messages:");
        messages.forEach(
                (mode, counts) ->
                        text.append(" %s %d sent %d came;".formatted(mode, counts[0], counts[1])));
        text.append("%n  faults:".formatted());
        faults.forEach((fault, count) -> text.append(" %s %d;".formatted(fault.text(), count)));
        text.append("%n  others:".formatted());
        others.forEach((what, count) -> text.append(" %s %d;".formatted(what, count)));
        return text.toString();
    }
}
