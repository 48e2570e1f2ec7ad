package dev.slipgate.fabric.hazelcast;

import org.jspecify.annotations.Nullable;

/**
 * Why a process cannot be of the cluster as configured: waiting would not help. Told for the person
 * who started it, without a stack trace.
 */
public final class JoinFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String remedy;

    JoinFailure(String what, String remedy, @Nullable Throwable cause) {
        super(what + ": " + remedy, cause, true, false);
        this.what = what;
        this.remedy = remedy;
    }

    static JoinFailure portInUse(
            PortSpan ports, String host, String key, @Nullable Throwable cause) {
        return new JoinFailure(
                "TCP port " + ports + " of " + host + " is in use or not allowed",
                "stop the process that has it, or set " + key + " to a free port",
                cause);
    }

    /** The thing and what is wrong with it. */
    public String what() {
        return what;
    }

    /** What the reader can do. */
    public String remedy() {
        return remedy;
    }
}
