package dev.slipgate.fabric.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which node takes a new connection. Confined to the thread of its lane. */
public interface Placement {
    /** One of the candidates, or null when there is none; all of them accept. */
    <C extends Candidate> @Nullable C choose(List<C> candidates);

    /** A node as placement sees it. */
    interface Candidate {
        /** Connections on it: what it last reported, and what was placed on it from here since. */
        int load();
    }
}
