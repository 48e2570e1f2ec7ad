package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.memory.LongMap;
import dev.slipgate.protocol.session.Endpoint;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a session that come in FRAGMENTs and are not whole yet. Reliable ones are bounded
 * by the credit they used, unreliable ones by number and time; the room of each was granted by the
 * listener.
 */
final class Gatherings {
    /** After this long since its first fragment an unreliable message is given up. */
    static final long UNRELIABLE_NS = 2_000_000_000L;

    /** Unreliable messages gathered at once; beyond, the oldest gives way. */
    static final int MAX_UNRELIABLE = 8;

    private final SlipgateSession session;
    private final SlipgateContext context;

    // Created for the first fragment: most sessions have none.
    private @Nullable LongMap<Gathering> byKey;
    private final ArrayDeque<Gathering> unreliable = new ArrayDeque<>(1);

    Gatherings(SlipgateSession session, SlipgateContext context) {
        this.session = session;
        this.context = context;
    }

    @Nullable Gathering find(int channel, long number) {
        Gathering found = byKey == null ? null : byKey.find(key(channel, number));
        return found != null && found.channel == channel && found.number == number ? found : null;
    }

    /** Begins to gather a message for whose total length room was granted. */
    Gathering begin(int channel, Delivery delivery, long number, int total, long nowNs) {
        if (!delivery.reliable() && unreliable.size() == MAX_UNRELIABLE) {
            context.drops().count(DropReason.UNRELIABLE_OVERFLOW);
            giveUp(unreliable.getFirst());
        }
        Gathering begun = context.takeGathering();
        begun.channel = channel;
        begun.delivery = delivery;
        begun.number = number;
        begun.total = total;
        begun.beganNs = nowNs;
        begun.bytes = context.pool().take(total);
        if (byKey == null) {
            byKey = new LongMap<>();
        }
        byKey.put(key(channel, number), begun);
        if (!delivery.reliable()) {
            unreliable.addLast(begun);
        }
        return begun;
    }

    /** Takes out a message that is whole; its bytes are the caller's until {@link #recycle}. */
    void remove(Gathering whole) {
        if (byKey != null) {
            byKey.remove(key(whole.channel, whole.number));
        }
        if (!whole.delivery.reliable()) {
            unreliable.remove(whole);
        }
    }

    void recycle(Gathering done) {
        context.pool().give(done.bytes);
        context.giveGathering(done);
    }

    private void giveUp(Gathering gathering) {
        remove(gathering);
        int room = gathering.total;
        recycle(gathering);
        context.listener().unreserve(session, room);
    }

    /** Gives up unreliable messages whose rest never came. */
    void expire(long nowNs) {
        Gathering oldest;
        while ((oldest = unreliable.peekFirst()) != null
                && nowNs - oldest.beganNs >= UNRELIABLE_NS) {
            context.drops().count(DropReason.FRAGMENT_EXPIRED);
            giveUp(oldest);
        }
    }

    /** When {@link #expire} is next due, or {@link Endpoint#NEVER}. */
    long nextExpiryNs() {
        Gathering oldest = unreliable.peekFirst();
        return oldest == null ? Endpoint.NEVER : oldest.beganNs + UNRELIABLE_NS;
    }

    /** Gives up everything: the session ends. */
    void release() {
        if (byKey != null) {
            byKey.valuesNow().forEach(this::giveUp);
        }
        byKey = null;
    }

    /**
     * Random to whoever does not know the secret, as the map wants it; never 0, and one to one but
     * for that, since numbers are below 2^53.
     */
    private long key(int channel, long number) {
        long mixed = (number * 256 + channel) ^ context.secret();
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 31;
        return mixed == 0 ? 1 : mixed;
    }
}
