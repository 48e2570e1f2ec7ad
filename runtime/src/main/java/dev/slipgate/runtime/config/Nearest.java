package dev.slipgate.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody meant to type. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate that {@code typed} is most like, or null when none is within a third of its
     * length.
     */
    public static @Nullable String to(String typed, Collection<String> candidates) {
        String lower = typed.toLowerCase(Locale.ROOT);
        String best =
                candidates.stream()
                        .min(Comparator.comparingInt(c -> distance(lower, lower(c))))
                        .orElse(null);
        int allowed = Math.max(2, typed.length() / 3);
        return best != null && distance(lower, lower(best)) <= allowed ? best : null;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance: letters to add, drop or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
