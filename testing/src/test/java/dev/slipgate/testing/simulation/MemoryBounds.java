package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.end.EndConfig;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.slipgate.SessionProbe;
import java.util.ArrayList;
import java.util.List;

/** What ends and sessions hold, by their own counters, against what they may hold. */
final class MemoryBounds {
    private record Bounded(SessionEnd end, EndConfig config) {}

    private final List<Bounded> ends = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final SeedPlan plan;

    MemoryBounds(SeedPlan plan) {
        this.plan = plan;
    }

    void add(SessionEnd end, EndConfig config) {
        ends.add(new Bounded(end, config));
    }

    void add(Session session) {
        sessions.add(session);
    }

    void remove(Session session) {
        sessions.remove(session);
    }

    /** Cheap enough to be called after every step. */
    void check() {
        for (int i = 0; i < ends.size(); i++) {
            check(ends.get(i));
        }
        for (int i = 0; i < sessions.size(); i++) {
            check(sessions.get(i));
        }
    }

    private static void check(Bounded each) {
        long kept = each.end.outboxBytes();
        long unhandled = each.end.unhandledBytes();
        Broken.unless(
                kept >= 0 && kept <= each.config.outboxBytes(), "an end keeps %d bytes", kept);
        Broken.unless(
                unhandled >= 0 && unhandled <= each.config.creditBytes(),
                "%d bytes came and are not handled",
                unhandled);
    }

    private void check(Session session) {
        long reliable = SessionProbe.reliableQueueBytes(session);
        Broken.unless(
                reliable >= 0 && reliable <= plan.settings().sendQueueBytes(),
                "%d bytes of reliable messages wait in a session",
                reliable);
        long unreliable = SessionProbe.unreliableQueueBytes(session);
        long most =
                Math.max(plan.settings().unreliableQueueBytes(), plan.largestMessageBytes() + 64L);
        Broken.unless(
                unreliable >= 0 && unreliable <= most,
                "%d bytes of unreliable messages wait in a session",
                unreliable);
    }

    /** At the end nothing is left. */
    void requireEmpty() {
        for (Bounded each : ends) {
            Broken.unless(
                    each.end.outboxBytes() == 0 && each.end.unhandledBytes() == 0,
                    "%d bytes kept and %d unhandled at the end",
                    each.end.outboxBytes(),
                    each.end.unhandledBytes());
        }
        Broken.unless(sessions.isEmpty(), "%d sessions at the end", sessions.size());
    }
}
