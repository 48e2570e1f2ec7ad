package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.slipgate.recovery.Recovery;
import dev.slipgate.protocol.slipgate.recovery.TimeoutOutcome;
import org.jspecify.annotations.Nullable;

/** What a session has to do when: all its times in one deadline, and one answer to the host. */
final class Schedule {
    private final SlipgateSession session;
    private final SlipgateContext context;
    private final Intake intake;
    private final Receiver receiver;
    private final Outlet outlet;
    private final Recovery recovery;

    Schedule(SlipgateSession session, Intake intake, Receiver receiver, Outlet outlet) {
        this.session = session;
        this.context = session.context();
        this.intake = intake;
        this.receiver = receiver;
        this.outlet = outlet;
        this.recovery = session.recovery;
    }

    /** Does what is due in an open session; harmless when early. */
    void onDeadline(long nowNs) {
        if (session.keepAlive.isOver(nowNs)) {
            boolean gateway = session.side().gateway();
            session.end(gateway ? CloseReason.CLIENT_TIMEOUT : CloseReason.GATEWAY_LOST, nowNs);
            return;
        }
        if (intake.tokenOverdue(nowNs)) {
            session.close(CloseReason.TOKEN_REFUSED, "no token", nowNs);
            return;
        }
        receiver.expire(nowNs);
        session.paths.onTimeout(nowNs);
        onRecoveryTimeout(nowNs);
        if (cipherReleaseNs() <= nowNs) {
            session.ciphers.release();
            recovery.trim();
        }
        outlet.onInput();
    }

    private void onRecoveryTimeout(long nowNs) {
        TimeoutOutcome outcome = recovery.onTimeout(nowNs, session.sender);
        if (outcome == TimeoutOutcome.PROBE) {
            session.sender.repeatOldest();
            outlet.onProbeTimeout();
        }
        if (outcome != TimeoutOutcome.EARLY) {
            session.sender.noteStats();
        }
    }

    private long cipherReleaseNs() {
        return session.ciphers.releaseAtNs(context.settings().cipherIdleNs());
    }

    /**
     * Tells the host what the session needs next: a poll, or a timer.
     *
     * @param closing the end that this side makes of it, or null
     */
    void settle(@Nullable Closing closing, long nowNs) {
        switch (session.phase()) {
            case FRESH, OVER -> {}
            case PENDING, LIVE -> {
                long sendNs = outlet.nextDueNs(nowNs);
                if (sendNs == Outlet.NOW) {
                    context.host().onReady(session);
                } else {
                    context.host().onDeadline(session, nextDeadlineNs(sendNs), nowNs);
                }
            }
            case CLOSING -> {
                if (closing != null && outlet.mayClose(closing)) {
                    context.host().onReady(session);
                } else if (closing != null) {
                    context.host().onDeadline(session, closing.endNs(), nowNs);
                }
            }
        }
    }

    private long nextDeadlineNs(long sendNs) {
        long deadlineNs = Math.min(session.keepAlive.endNs(), sendNs);
        deadlineNs = Math.min(deadlineNs, recovery.nextTimeoutNs());
        deadlineNs = Math.min(deadlineNs, receiver.nextExpiryNs());
        deadlineNs = Math.min(deadlineNs, session.paths.nextTimeoutNs());
        deadlineNs = Math.min(deadlineNs, intake.tokenDeadlineNs());
        return Math.min(deadlineNs, cipherReleaseNs());
    }
}
