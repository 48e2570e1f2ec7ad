package dev.slipgate.runtime.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The named conditions under which a process is ready for traffic. It is ready when there is at
 * least one and all hold. Thread-safe.
 */
public final class HealthChecks {
    private static final String READY = "ready";

    private final Map<String, Condition> conditions = new ConcurrentHashMap<>();

    /**
     * Adds a condition, which does not hold yet.
     *
     * @param name such as {@code cluster}
     * @throws IllegalArgumentException when there is one of this name
     */
    public Condition add(String name) {
        Condition condition = new Condition();
        if (conditions.putIfAbsent(name, condition) != null) {
            throw new IllegalArgumentException("condition added twice: " + name);
        }
        return condition;
    }

    /** Whether traffic should be sent here. */
    public boolean isReady() {
        return !conditions.isEmpty()
                && conditions.values().stream().allMatch(condition -> condition.isMet());
    }

    /** Each condition's state: {@code ready}, or what it waits for. */
    public Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        conditions.forEach((name, condition) -> states.put(name, condition.state));
        return states;
    }

    /** One condition; whoever added it says when it holds. Thread-safe. */
    public static final class Condition {
        private volatile String state = "starting";

        private Condition() {}

        /** It holds from now on. */
        public void met() {
            state = READY;
        }

        /**
         * It does not hold.
         *
         * @param why for operators, such as {@code waits for a broker at 127.0.0.1:5701}
         */
        public void unmet(String why) {
            state = why;
        }

        boolean isMet() {
            return state.equals(READY);
        }
    }
}
