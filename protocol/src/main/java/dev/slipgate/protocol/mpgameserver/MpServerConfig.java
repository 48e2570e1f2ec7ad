package dev.slipgate.protocol.mpgameserver;

/**
 * Bounds of a server endpoint.
 *
 * @param session times and bounds of each session
 * @param maxSessions live sessions
 * @param maxHandshakes strangers that are remembered at once
 * @param maxHandshakeJobs handshakes whose crypto is under way or waits
 * @param handshakeTimeoutNs how long a stranger is remembered
 * @param handshakesPerHostPerSecond on average; 0 for no limit
 * @param handshakeBurstPerHost handshakes granted to a host at once
 * @param maxHosts hosts whose rate is remembered
 */
public record MpServerConfig(
        SessionSettings session,
        int maxSessions,
        int maxHandshakes,
        int maxHandshakeJobs,
        long handshakeTimeoutNs,
        double handshakesPerHostPerSecond,
        int handshakeBurstPerHost,
        int maxHosts) {

    public MpServerConfig {
        requirePositive("maxSessions", maxSessions);
        requirePositive("maxHandshakes", maxHandshakes);
        requirePositive("maxHandshakeJobs", maxHandshakeJobs);
        requirePositive("handshakeTimeoutNs", handshakeTimeoutNs);
        requirePositive("handshakeBurstPerHost", handshakeBurstPerHost);
        requirePositive("maxHosts", maxHosts);
        if (!(handshakesPerHostPerSecond >= 0)) {
            throw new IllegalArgumentException(
                    "handshakesPerHostPerSecond is "
                            + handshakesPerHostPerSecond
                            + ", not 0 or more");
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", not 1 or more");
        }
    }

    /** What holds unless configured. */
    public static MpServerConfig defaults() {
        return new MpServerConfig(
                SessionSettings.serverDefaults(),
                100_000,
                4096,
                256,
                2_000_000_000L,
                100,
                256,
                16 * 1024);
    }

    public MpServerConfig withSession(SessionSettings value) {
        return copy(value, maxSessions, handshakesPerHostPerSecond, handshakeBurstPerHost);
    }

    public MpServerConfig withMaxSessions(int value) {
        return copy(session, value, handshakesPerHostPerSecond, handshakeBurstPerHost);
    }

    /** Changes what one host may ask for; a rate of 0 lifts the limit. */
    public MpServerConfig withHandshakeRate(double perSecond, int burst) {
        return copy(session, maxSessions, perSecond, burst);
    }

    private MpServerConfig copy(SessionSettings settings, int sessions, double rate, int burst) {
        return new MpServerConfig(
                settings,
                sessions,
                maxHandshakes,
                maxHandshakeJobs,
                handshakeTimeoutNs,
                rate,
                burst,
                maxHosts);
    }
}
