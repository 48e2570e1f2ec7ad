package dev.slipgate.protocol.handshake;

import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The strangers of an endpoint: a bounded number of slots, of which all live equally long, with
 * their answers and a bounded number of jobs. Confined to one thread.
 *
 * @param <K> what tells two handshakes apart
 * @param <S> what is remembered of one
 */
public final class HandshakeSlots<K, S extends HandshakeSlot> {
    private final int maxSlots;
    private final int maxJobs;
    private final Consumer<S> onForgotten;

    /** In the order in which they began, which is that in which they expire. */
    private final LinkedHashMap<K, S> slots = new LinkedHashMap<>();

    /** Of these, the ones that are kept for their answer alone, in the order in which they were. */
    private final LinkedHashSet<K> settled = new LinkedHashSet<>();

    private final Queue<Job> jobs = new ArrayDeque<>();
    private final Queue<S> answers = new ArrayDeque<>();
    private int jobsInProgress;

    /**
     * @param maxSlots strangers that are remembered at once, and as many more of whom only the
     *     answer is kept
     * @param maxJobs jobs that wait or are under way at once
     * @param onForgotten told of each slot that expired or was cleared, not of those that {@link
     *     #remove} took out
     */
    public HandshakeSlots(int maxSlots, int maxJobs, Consumer<S> onForgotten) {
        this.maxSlots = maxSlots;
        this.maxJobs = maxJobs;
        this.onForgotten = onForgotten;
    }

    /** The slot of this handshake, or null. */
    public @Nullable S find(K key) {
        return slots.get(key);
    }

    /** Whether another handshake would be beyond a bound. */
    public boolean isFull() {
        return slots.size() - settled.size() >= maxSlots || jobsInProgress >= maxJobs;
    }

    /**
     * Begins a handshake. Only when not {@link #isFull}, and with an expiry not before that of the
     * one begun last.
     */
    public void begin(K key, S slot, Job job) {
        slots.put(key, slot);
        jobs.add(job);
        jobsInProgress++;
    }

    /** The next job to run, or null. */
    public @Nullable Job pollJob() {
        return jobs.poll();
    }

    /** A job of {@link #pollJob} has run. */
    public void onJobDone() {
        jobsInProgress--;
    }

    /** One answer per poll is enough, and bounds the queue by the number of slots. */
    public void queueAnswer(S slot) {
        if (!slot.answerQueued) {
            slot.answerQueued = true;
            answers.add(slot);
        }
    }

    /** Fills the next answer; false when there is none. */
    public boolean pollAnswer(Transmit out) {
        S slot;
        while ((slot = answers.poll()) != null) {
            slot.answerQueued = false;
            byte[] answer = slot.answer();
            if (!slot.forgotten && answer != null) {
                ReadyDatagrams.fill(out, slot.peer(), answer);
                return true;
            }
        }
        return false;
    }

    /**
     * A handshake is over, and its answer may be asked for again: the slot stays for its time, but
     * does not stand in the way of others.
     */
    public void settle(K key) {
        if (slots.containsKey(key) && settled.add(key) && settled.size() > maxSlots) {
            remove(settled.getFirst());
        }
    }

    /** Takes a slot out: its handshake is over or has failed. */
    public void remove(K key) {
        settled.remove(key);
        S slot = slots.remove(key);
        if (slot != null) {
            slot.forgotten = true;
        }
    }

    /** Forgets strangers that did not go on. */
    public void expire(long nowNs) {
        while (nextExpiryNs() <= nowNs) {
            forgetOldest();
        }
    }

    /** Forgets all strangers and the jobs that wait: the endpoint closes. */
    public void clear() {
        while (!slots.isEmpty()) {
            forgetOldest();
        }
        jobsInProgress -= jobs.size();
        jobs.clear();
    }

    private void forgetOldest() {
        settled.remove(slots.firstEntry().getKey());
        S oldest = slots.pollFirstEntry().getValue();
        oldest.forgotten = true;
        onForgotten.accept(oldest);
    }

    /** When {@link #expire} is next worth calling, or {@link Endpoint#NEVER}. */
    public long nextExpiryNs() {
        return slots.isEmpty() ? Endpoint.NEVER : slots.firstEntry().getValue().expiresAtNs();
    }

    /** Handshakes in progress. */
    public int size() {
        return slots.size();
    }
}
