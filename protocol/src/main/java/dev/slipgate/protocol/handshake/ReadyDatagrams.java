package dev.slipgate.protocol.handshake;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Transmit;
import java.util.ArrayDeque;

/**
 * Datagrams that wait to be sent and belong to no session: answers to strangers, goodbyes of what
 * is over. Beyond its bound they are left unsaid. Confined to one thread.
 */
public final class ReadyDatagrams {
    private record Ready(PeerAddress peer, byte[] datagram) {}

    private final ArrayDeque<Ready> waiting = new ArrayDeque<>();
    private final int max;

    /**
     * @param max datagrams that may wait
     */
    public ReadyDatagrams(int max) {
        this.max = max;
    }

    /**
     * Takes a datagram; false when the bound is reached.
     *
     * @param datagram not copied: nobody changes it
     */
    public boolean tryAdd(PeerAddress peer, byte[] datagram) {
        return waiting.size() < max && waiting.add(new Ready(peer, datagram));
    }

    /** Fills the next one; false when there is none. */
    public boolean poll(Transmit out) {
        Ready ready = waiting.poll();
        if (ready == null) {
            return false;
        }
        fill(out, ready.peer, ready.datagram);
        return true;
    }

    /** Copies a ready-made datagram. */
    public static void fill(Transmit out, PeerAddress peer, byte[] datagram) {
        System.arraycopy(datagram, 0, out.bytes, 0, datagram.length);
        out.length = datagram.length;
        out.peer = peer;
    }
}
