package dev.slipgate.gateway;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.SessionListener;
import java.security.SecureRandom;

/** Makes the endpoints of an entrance, one per event loop; this is what gives it its dialect. */
public interface EndpointFactory {
    /** A fresh endpoint; called once per loop, before the loop has sockets. */
    Endpoint create(Parts parts);

    /** What seals packets, such as {@code accp}. */
    String crypto();

    /**
     * The index of the loop that a datagram belongs to, negative when it does not say; {@code
     * LoopRouter} has more.
     */
    default int loopOf(byte[] bytes, int offset, int length) {
        return -1;
    }

    /** Gets the JIT ready for the first client; called once, on a thread that may be busy. */
    default void warmUp() {}

    /**
     * What a loop has for its endpoint.
     *
     * @param loopIndex which loop, from 0
     * @param loops how many there are, for bounds that the process has as a whole
     * @param listener hears of the sessions
     * @param drops counts what is dropped
     * @param pool the loop's byte arrays
     * @param random confined to the loop
     * @param epochAtZeroNs nanoseconds from 1970 to zero of the clock that the endpoint is fed with
     */
    record Parts(
            int loopIndex,
            int loops,
            SessionListener listener,
            DropCounter drops,
            BytePool pool,
            SecureRandom random,
            long epochAtZeroNs) {
        /** The same with another listener. */
        Parts withListener(SessionListener other) {
            return new Parts(loopIndex, loops, other, drops, pool, random, epochAtZeroNs);
        }
    }
}
