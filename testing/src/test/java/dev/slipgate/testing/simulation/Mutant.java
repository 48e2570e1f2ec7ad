package dev.slipgate.testing.simulation;

import java.lang.constant.ClassDesc;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product with a fault that the simulation has to find. */
enum Mutant {
    /** Neither the session nor the end behind it drops what came already. */
    DEDUPE_OFF(
            Mutation.answersTrue("slipgate.InChannel", "isNew"),
            Mutation.instead(
                    "channel.InboundStream",
                    "refused",
                    out -> {
                        var arrival = ClassDesc.of(Mutant.ARRIVAL);
                        out.getstatic(arrival, "TAKEN", arrival).areturn();
                    })),

    /** Making room for the newest number forgets one number more than leaves the window. */
    REPLAY_WINDOW_OFF_BY_ONE(
            Mutation.beforeCall(
                    "slipgate.packet.ReplayWindow",
                    "recordWide",
                    "clear",
                    out -> out.lconst_1().ladd())),

    /** A delivery ack says what was received, not what was handled. */
    ACK_BEFORE_HANDLER(Mutation.callsInstead("end.SessionEnd", "sayAcks", "handled", "received")),

    /** Two packet numbers share a nonce; both sides agree on that. */
    NONCE_REUSED(
            Mutation.beforeCall(
                    "slipgate.packet.PacketNumbers",
                    "writeNonce",
                    "put64",
                    out -> out.loadConstant(~2L).land())),

    /** The sender sends whatever it has; the receiver notices. */
    CREDIT_IGNORED(Mutation.answersTrue("slipgate.CreditOut", "fits")),

    /** The same, and the receiver takes it. */
    CREDIT_IGNORED_BY_BOTH(
            Mutation.answersTrue("slipgate.CreditOut", "fits"),
            Mutation.answersTrue("slipgate.CreditIn", "tryUse"),
            Mutation.answersTrue("channel.EarlyBudget", "tryUse")),

    /** A new address is trusted before it has answered. */
    AMPLIFIES(
            Mutation.instead(
                    "slipgate.Paths",
                    "allowanceBytes",
                    out -> out.loadConstant(Integer.MAX_VALUE).ireturn()));

    private static final String ARRIVAL = "dev.slipgate.protocol.channel.InboundStream$Arrival";

    @SuppressWarnings("ImmutableEnumChecker") // lambdas and an unmodifiable list of them
    private final List<Mutation> mutations;

    Mutant(Mutation... mutations) {
        this.mutations = List.of(mutations);
    }

    /** What the simulation says of it; null when it finds nothing in so many seeds. */
    @Nullable String firstFailure(int seeds) {
        var loader = new MutantLoader(Mutant.class.getClassLoader(), mutations);
        try {
            return (String)
                    loader.loadClass(Campaign.class.getName())
                            .getMethod("firstFailure", long.class, int.class)
                            .invoke(null, 1L, seeds);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
