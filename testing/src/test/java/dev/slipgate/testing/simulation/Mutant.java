package dev.slipgate.testing.simulation;

import java.lang.constant.ClassDesc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product with a fault that the simulation has to find. */
record Mutant(String fault, List<Mutation> mutations) {
    private static final ClassDesc ARRIVAL =
            ClassDesc.of("dev.slipgate.protocol.channel.InboundStream$Arrival");

    /** Neither the session nor the end behind it drops what came already. */
    private static final Mutant DEDUPE_OFF =
            of(
                    "dedupe off",
                    Mutation.answersTrue("slipgate.InChannel", "isNew"),
                    Mutation.instead(
                            "channel.InboundStream",
                            "refused",
                            out -> out.getstatic(ARRIVAL, "TAKEN", ARRIVAL).areturn()));

    /** Making room for the newest number forgets one number more than leaves the window. */
    private static final Mutant REPLAY_WINDOW_OFF_BY_ONE =
            of(
                    "replay window off by one",
                    Mutation.beforeCall(
                            "slipgate.packet.ReplayWindow",
                            "recordWide",
                            "clear",
                            out -> out.lconst_1().ladd()));

    /** A delivery ack says what was received, not what was handled. */
    private static final Mutant ACK_BEFORE_HANDLER =
            of(
                    "ack before handler",
                    Mutation.callsInstead("end.SessionEnd", "sayAcks", "handled", "received"));

    /** Two packet numbers share a nonce; both sides agree on that. */
    private static final Mutant NONCE_REUSED =
            of(
                    "nonce reused",
                    Mutation.beforeCall(
                            "slipgate.packet.PacketNumbers",
                            "writeNonce",
                            "put64",
                            out -> out.loadConstant(~2L).land()));

    /** The sender sends whatever it has; the receiver notices. */
    private static final Mutant CREDIT_IGNORED =
            of("credit ignored", Mutation.answersTrue("slipgate.CreditOut", "fits"));

    /** The sender sends whatever it has, and the receiver takes it. */
    private static final Mutant CREDIT_IGNORED_BY_BOTH =
            of(
                    "credit ignored by both",
                    Mutation.answersTrue("slipgate.CreditOut", "fits"),
                    Mutation.answersTrue("slipgate.CreditIn", "tryUse"),
                    Mutation.answersTrue("channel.EarlyBudget", "tryUse"));

    /** A new address is trusted before it has answered. */
    private static final Mutant AMPLIFIES =
            of(
                    "amplifies",
                    Mutation.instead(
                            "slipgate.Paths",
                            "allowanceBytes",
                            out -> out.loadConstant(Integer.MAX_VALUE).ireturn()));

    static List<Mutant> all() {
        return List.of(
                DEDUPE_OFF,
                REPLAY_WINDOW_OFF_BY_ONE,
                ACK_BEFORE_HANDLER,
                NONCE_REUSED,
                CREDIT_IGNORED,
                CREDIT_IGNORED_BY_BOTH,
                AMPLIFIES);
    }

    private static Mutant of(String fault, Mutation... mutations) {
        return new Mutant(fault, List.of(mutations));
    }

    /** What the simulation says of it; null when it finds nothing in so many seeds. */
    @Nullable String firstFailure(int seeds) {
        var loader = new MutantLoader(Mutant.class.getClassLoader(), mutations);
        try {
            return (String)
                    loader.loadClass(Campaign.class.getName())
                            .getMethod("firstFailure", long.class, int.class)
                            .invoke(null, 1L, seeds);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(fault, e);
        }
    }

    @Override
    public String toString() {
        return fault;
    }
}
