package dev.slipgate.fabric.placement;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws two nodes and takes the less loaded one. Among many gateways with reports a moment old it
 * spreads nearly as well as asking all, and never sends a herd to the one that looked idle
 * (Mitzenmacher, "The Power of Two Choices", 2001).
 */
public final class PowerOfTwoChoices implements Placement {
    private final RandomGenerator random;

    public PowerOfTwoChoices(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public <C extends Candidate> @Nullable C choose(List<C> candidates) {
        int count = candidates.size();
        if (count == 0) {
            return null;
        }
        int first = random.nextInt(count);
        if (count == 1) {
            return candidates.get(first);
        }
        int second = (first + 1 + random.nextInt(count - 1)) % count;
        C one = candidates.get(first);
        C other = candidates.get(second);
        return other.load() < one.load() ? other : one;
    }
}
