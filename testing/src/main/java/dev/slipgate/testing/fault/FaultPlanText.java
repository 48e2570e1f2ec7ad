package dev.slipgate.testing.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The text form of a {@link FaultPlan}. */
final class FaultPlanText {
    /** One key of a direction's rates: how it is read from them and how it is put into them. */
    private record RateKey(
            String name,
            Function<FaultRates, Object> read,
            BiFunction<FaultRates, String, FaultRates> put) {}

    private static final List<RateKey> RATE_KEYS =
            List.of(
                    new RateKey("loss", FaultRates::loss, (r, v) -> r.withLoss(share(v))),
                    new RateKey(
                            "dup", FaultRates::duplication, (r, v) -> r.withDuplication(share(v))),
                    new RateKey(
                            "reorder",
                            FaultRates::reordering,
                            (r, v) -> r.withReordering(share(v), r.reorderMs())),
                    new RateKey(
                            "reorder-ms",
                            FaultRates::reorderMs,
                            (r, v) -> r.withReordering(r.reordering(), number(v))),
                    new RateKey(
                            "delay-ms",
                            FaultRates::delayMs,
                            (r, v) -> r.withDelay(number(v), r.jitterMs())),
                    new RateKey(
                            "jitter-ms",
                            FaultRates::jitterMs,
                            (r, v) -> r.withDelay(r.delayMs(), number(v))),
                    new RateKey(
                            "corrupt",
                            FaultRates::corruption,
                            (r, v) -> r.withCorruption(share(v))));

    private FaultPlanText() {}

    static String print(FaultPlan plan) {
        var parts = new ArrayList<String>();
        parts.add("seed=" + plan.seed());
        for (RateKey key : RATE_KEYS) {
            Object up = key.read.apply(plan.up());
            Object down = key.read.apply(plan.down());
            Object untouched = key.read.apply(FaultRates.NONE);
            if (up.equals(down)) {
                addUnless(untouched, "", key.name, up, parts);
            } else {
                addUnless(untouched, "up.", key.name, up, parts);
                addUnless(untouched, "down.", key.name, down, parts);
            }
        }
        addUnless(0, "", "rebind-ms", plan.rebindMs(), parts);
        addUnless(0, "", "clean-first", plan.cleanFirst(), parts);
        return String.join(",", parts);
    }

    private static void addUnless(
            Object untouched, String prefix, String name, Object value, List<String> parts) {
        if (!value.equals(untouched)) {
            parts.add(prefix + name + "=" + value);
        }
    }

    static FaultPlan parse(String text) {
        var plan = FaultPlan.symmetric(0, FaultRates.NONE);
        for (String part : text.strip().split("[,\\s]+", -1)) {
            if (!part.isEmpty()) {
                plan = put(plan, part);
            }
        }
        return plan;
    }

    private static FaultPlan put(FaultPlan plan, String part) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        try {
            return switch (key) {
                case "seed" ->
                        new FaultPlan(
                                Long.parseLong(value),
                                plan.up(),
                                plan.down(),
                                plan.rebindMs(),
                                plan.cleanFirst());
                case "rebind-ms" -> plan.withRebindMs(number(value));
                case "clean-first" -> plan.withCleanFirst(number(value));
                default -> putRate(plan, key, value);
            };
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "fault plan: '" + part + "' needs a number", notANumber);
        }
    }

    private static FaultPlan putRate(FaultPlan plan, String key, String value) {
        boolean upOnly = key.startsWith("up.");
        boolean downOnly = key.startsWith("down.");
        String name = upOnly || downOnly ? key.substring(key.indexOf('.') + 1) : key;
        RateKey rate =
                RATE_KEYS.stream()
                        .filter(k -> k.name.equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "fault plan: unknown key '" + key + "'"));
        FaultRates up = downOnly ? plan.up() : rate.put.apply(plan.up(), value);
        FaultRates down = upOnly ? plan.down() : rate.put.apply(plan.down(), value);
        return new FaultPlan(plan.seed(), up, down, plan.rebindMs(), plan.cleanFirst());
    }

    private static double share(String value) {
        return Double.parseDouble(value);
    }

    private static int number(String value) {
        return Integer.parseInt(value);
    }
}
