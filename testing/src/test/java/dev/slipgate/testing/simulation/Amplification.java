package dev.slipgate.testing.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * What the gateway sends to addresses that have proven nothing: no more than came from there, and
 * three times that once sealed packets came, when it may be a client that has moved. An address has
 * proven itself at the earliest when its client got something there, and what it sent later has
 * arrived.
 */
final class Amplification {
    private static final int MOVED_FACTOR = 3;

    private static final class Account {
        long inBytes;
        long outBytes;
        boolean sealed;
        boolean proven;
        long reachedNs = Long.MAX_VALUE;
    }

    private final Map<Place, Account> accounts = new HashMap<>();

    private Account account(Place place) {
        return accounts.computeIfAbsent(place, at -> new Account());
    }

    /** A packet has come to the gateway from there. */
    void onReceived(Place from, byte[] packet) {
        Account account = account(from);
        account.inBytes += packet.length;
        account.sealed |= packet[0] < 0;
    }

    /** The client at this address sent this packet, and it has arrived. */
    void onArrived(Place client, long sentNs) {
        Account account = account(client);
        account.proven |= account.reachedNs <= sentNs;
    }

    /** A packet of the gateway has reached its client at this address. */
    void onReached(Place client, long nowNs) {
        Account account = account(client);
        account.reachedNs = Math.min(account.reachedNs, nowNs);
    }

    /** The gateway sends a packet there. */
    void onSent(Place to, int bytes) {
        Account account = account(to);
        account.outBytes += bytes;
        long allowed = account.inBytes * (account.sealed ? MOVED_FACTOR : 1);
        if (!account.proven && account.outBytes > allowed) {
            throw new Broken(
                    "%d bytes to %s, from where %d came and which has proven nothing"
                            .formatted(account.outBytes, to, account.inBytes));
        }
    }
}
