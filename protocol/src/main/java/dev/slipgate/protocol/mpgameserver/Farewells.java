package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Transmit;
import java.util.ArrayDeque;

/** Last datagrams of sessions that are over; beyond its bound a goodbye is left unsaid. */
final class Farewells {
    private static final class Farewell {
        final PeerAddress peer;
        final byte[] datagram;

        Farewell(PeerAddress peer, byte[] datagram) {
            this.peer = peer;
            this.datagram = datagram;
        }
    }

    private final ArrayDeque<Farewell> waiting = new ArrayDeque<>();
    private final int max;

    Farewells(int max) {
        this.max = max;
    }

    void add(PeerAddress peer, byte[] datagram) {
        if (waiting.size() < max) {
            waiting.add(new Farewell(peer, datagram));
        }
    }

    /** Fills the next one; false when there is none. */
    boolean poll(Transmit out) {
        Farewell farewell = waiting.poll();
        if (farewell == null) {
            return false;
        }
        fill(out, farewell.peer, farewell.datagram);
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Copies a ready-made datagram. */
    static void fill(Transmit out, PeerAddress peer, byte[] datagram) {
        System.arraycopy(datagram, 0, out.bytes, 0, datagram.length);
        out.length = datagram.length;
        out.peer = peer;
    }
}
