package dev.slipgate.protocol.mpgameserver;

/**
 * What a client is set to.
 *
 * @param session times and bounds of the session
 * @param connectTimeoutNs how long to wait for the server's answer
 * @param helloRetryNs after how long without an answer the same hello is sent again; the original
 *     never does
 */
public record MpClientConfig(SessionSettings session, long connectTimeoutNs, long helloRetryNs) {
    public MpClientConfig {
        if (connectTimeoutNs < 1 || helloRetryNs < 1) {
            throw new IllegalArgumentException(
                    "connectTimeoutNs and helloRetryNs must be 1 or more, are "
                            + connectTimeoutNs
                            + " and "
                            + helloRetryNs);
        }
    }

    /** What holds unless set: the original's 2 s, and a hello every half second. */
    public static MpClientConfig defaults() {
        return new MpClientConfig(SessionSettings.clientDefaults(), 2_000_000_000L, 500_000_000L);
    }

    /** As fast as acknowledgements allow: for load generators. */
    public static MpClientConfig unpaced() {
        return defaults().withSession(SessionSettings.clientDefaults().withPacingIntervalNs(0));
    }

    public MpClientConfig withSession(SessionSettings value) {
        return new MpClientConfig(value, connectTimeoutNs, helloRetryNs);
    }
}
