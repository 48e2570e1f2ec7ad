package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.PeerAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that lead to an endpoint's peers: which session each carries, which take nothing now,
 * which are to be closed. Each is forgotten when it is gone, so the carrier's bound on streams is
 * the bound here.
 */
final class StreamPeers {
    private final Map<PeerAddress, Long> sessionIds = new HashMap<>();
    private final Set<PeerAddress> blocked = new HashSet<>();
    private final Set<PeerAddress> closing = new HashSet<>();
    private final Queue<PeerAddress> toClose = new ArrayDeque<>();

    /** A stream carries one session: this one. */
    void bind(PeerAddress peer, long sessionId) {
        sessionIds.put(peer, sessionId);
    }

    /** Whether the stream has its session, or its handshake. */
    boolean isBound(PeerAddress peer) {
        return sessionIds.containsKey(peer);
    }

    /** The stream's session; null when it has none. */
    @Nullable Long sessionOf(PeerAddress peer) {
        return sessionIds.get(peer);
    }

    void setWritable(PeerAddress peer, boolean writable) {
        if (writable) {
            blocked.remove(peer);
        } else {
            blocked.add(peer);
        }
    }

    boolean isBlocked(PeerAddress peer) {
        return blocked.contains(peer);
    }

    /** Has the stream closed; what it brings until then is of no interest. */
    void close(PeerAddress peer) {
        sessionIds.remove(peer);
        if (closing.add(peer)) {
            toClose.add(peer);
        }
    }

    boolean isClosing(PeerAddress peer) {
        return closing.contains(peer);
    }

    /** The next stream to close, or null. */
    @Nullable PeerAddress pollToClose() {
        return toClose.poll();
    }

    /** The stream is gone. */
    void onGone(PeerAddress peer) {
        sessionIds.remove(peer);
        blocked.remove(peer);
        if (closing.remove(peer)) {
            toClose.remove(peer);
        }
    }
}
