package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.channel.Delivery;
import org.jspecify.annotations.Nullable;

/** A message on its way to the peer. Pooled: see {@link OutPool}. */
final class OutMessage {
    private static final byte[] NONE = new byte[0];

    int type;
    int channel;
    Delivery delivery = Delivery.RELIABLE;
    long number;
    boolean bestEffort;

    byte[] bytes = NONE;
    int length;

    /** How many packets' worth it is; above 1 it travels in fragments. */
    int partCount;

    int fragmentId;
    int nextPart;
    int partsDone;

    @Nullable OutMessage next;

    /** Whether its parts are kept until they are acknowledged, or given up by time. */
    boolean kept() {
        return bestEffort || delivery.reliable();
    }

    boolean fragmented() {
        return partCount > 1;
    }

    /** Forgets its bytes, so that a pooled object keeps no array alive. */
    void clear() {
        bytes = NONE;
        next = null;
    }
}
