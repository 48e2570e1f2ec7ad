package dev.slipgate.runtime.stats;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns values into JSON: records by the names of their components. */
final class JsonTree {
    /** Far deeper than any stats; a cycle ends here. */
    private static final int MAX_DEPTH = 16;

    private JsonTree() {}

    /** A {@link JsonObject}, {@link JsonArray}, string, number, boolean or null. */
    static Object of(@Nullable Object value) {
        return of(value, 0);
    }

    @SuppressWarnings("NullAway") // Vert.x's JSON classes take null for JSON's null.
    private static Object of(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean bool -> bool;
            case JsonObject object -> object;
            case Optional<?> optional -> of(optional.orElse(null), depth + 1);
            case Map<?, ?> map -> object(map, depth);
            case Iterable<?> items -> array(items, depth);
            case Record record -> object(record, depth);
            case Object items when items.getClass().isArray() -> array(items, depth);
            default -> value.toString();
        };
    }

    private static JsonObject object(Map<?, ?> map, int depth) {
        JsonObject object = new JsonObject();
        map.forEach((key, value) -> object.put(key.toString(), of(value, depth + 1)));
        return object;
    }

    private static JsonObject object(Record record, int depth) {
        JsonObject object = new JsonObject();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                // Records of stats are mostly package-private in other modules.
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(record);
                object.put(component.getName(), of(value, depth + 1));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
        return object;
    }

    private static JsonArray array(Iterable<?> items, int depth) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(of(item, depth + 1)));
        return array;
    }

    private static JsonArray array(Object items, int depth) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < Array.getLength(items); i++) {
            array.add(of(Array.get(items, i), depth + 1));
        }
        return array;
    }
}
