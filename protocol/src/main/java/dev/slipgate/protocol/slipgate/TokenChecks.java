package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.TokenVerifier.Verdict;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Who clients are, by their tokens: as jobs, a bounded number at once, the others in turn. Each
 * session has one at most, so sessions bound those that wait.
 */
final class TokenChecks {
    private final TokenVerifier verifier;
    private final int maxJobs;
    private final Queue<TokenJob> waiting = new ArrayDeque<>();
    private int inProgress;

    TokenChecks(TokenVerifier verifier, int maxJobs) {
        this.verifier = verifier;
        this.maxJobs = maxJobs;
    }

    /** Decides at once where nothing needs to be asked, else by a job. */
    void check(SlipgateSession session, byte[] token, long nowNs) {
        if (verifier == TokenVerifier.ANONYMOUS) {
            tell(session, verifier.verify(token), nowNs);
        } else {
            waiting.add(new TokenJob(session, token, verifier));
        }
    }

    @Nullable Job pollJob() {
        if (inProgress >= maxJobs) {
            return null;
        }
        TokenJob job = waiting.poll();
        if (job != null) {
            inProgress++;
        }
        return job;
    }

    /** A job has run; its session may be over by now. */
    void onJobDone(TokenJob job, long nowNs) {
        inProgress--;
        tell(job.session, job.verdict(), nowNs);
    }

    private static void tell(SlipgateSession session, Verdict verdict, long nowNs) {
        switch (verdict) {
            case Verdict.Accepted accepted -> session.accepted(accepted.identity(), nowNs);
            case Verdict.Refused refused -> session.refused(refused.reason(), nowNs);
        }
    }
}
