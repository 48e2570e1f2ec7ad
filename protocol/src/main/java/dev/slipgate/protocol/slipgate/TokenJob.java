package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.session.TokenVerifier.Verdict;

/** The verification of one client's token. */
final class TokenJob implements Job {
    final SlipgateSession session;
    private final byte[] token;
    private final TokenVerifier verifier;
    private Verdict verdict = new Verdict.Refused("the token could not be verified");

    TokenJob(SlipgateSession session, byte[] token, TokenVerifier verifier) {
        this.session = session;
        this.token = token;
        this.verifier = verifier;
    }

    @Override
    public void run() {
        try {
            verdict = verifier.verify(token);
        } catch (RuntimeException e) {
            // The verifier is the app's; what it throws must not let anybody in.
            verdict = new Verdict.Refused("the token could not be verified");
        }
    }

    Verdict verdict() {
        return verdict;
    }
}
