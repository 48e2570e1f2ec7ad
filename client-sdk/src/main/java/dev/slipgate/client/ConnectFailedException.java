package dev.slipgate.client;

/** Thrown by {@link SlipgateClient#join} when there is no connection. */
public final class ConnectFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ConnectOutcome.Failed outcome;

    ConnectFailedException(ConnectOutcome.Failed outcome) {
        super(outcome.text());
        this.outcome = outcome;
    }

    /** Why. */
    public ConnectOutcome.Failed outcome() {
        return outcome;
    }
}
