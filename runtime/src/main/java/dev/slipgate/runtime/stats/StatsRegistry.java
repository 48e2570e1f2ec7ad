package dev.slipgate.runtime.stats;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * The sections of {@code /stats}. Each is read when somebody asks; section {@code process} is
 * always there. Thread-safe.
 */
public final class StatsRegistry {
    private final Map<String, Supplier<?>> sections = new ConcurrentSkipListMap<>();

    /** With the section {@code process} only. */
    public StatsRegistry() {
        register("process", ProcessStats::read);
    }

    /**
     * Adds a section.
     *
     * @param name its key in the JSON object
     * @param section called on a worker thread at each request, must be thread-safe and quick;
     *     gives numbers, strings, maps, lists or records, nested as you like
     * @throws IllegalArgumentException when there is one of this name
     */
    public void register(String name, Supplier<?> section) {
        if (sections.putIfAbsent(name, section) != null) {
            throw new IllegalArgumentException("stats registered twice: " + name);
        }
    }

    /** All sections, read now. One that fails says so in its place and spoils no other. */
    public JsonObject snapshot() {
        JsonObject all = new JsonObject();
        sections.forEach((name, section) -> all.put(name, read(section)));
        return all;
    }

    private static Object read(Supplier<?> section) {
        try {
            return JsonTree.of(section.get());
        } catch (RuntimeException e) {
            return new JsonObject().put("error", e.toString());
        }
    }
}
