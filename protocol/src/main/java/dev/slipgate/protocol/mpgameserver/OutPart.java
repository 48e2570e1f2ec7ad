package dev.slipgate.protocol.mpgameserver;

import org.jspecify.annotations.Nullable;

/** One numbered piece of a kept message: the whole of it, or a fragment. Pooled. */
final class OutPart {
    @Nullable OutMessage message;

    /** Which fragment, from 0. */
    int index;

    /** Its message number, the same at every retry; 0 when it is done. */
    int number;

    /** The packet that carried it last. */
    int lastPacket;

    long firstSentNs;
    long resendAtNs;

    /** Which lists it is in; it goes back to the pool when in none and done. */
    boolean inLostList;

    boolean inResendList;

    @Nullable OutPart nextLost;
    @Nullable OutPart nextResend;
}
