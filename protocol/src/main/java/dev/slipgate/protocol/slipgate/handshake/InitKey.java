package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.memory.BigEndian;

/** What tells two handshakes apart: the address, and the client's ephemeral key. */
record InitKey(PeerAddress peer, long e0, long e1, long e2, long e3)
        implements Comparable<InitKey> {
    /** The key of an INIT. */
    static InitKey of(PeerAddress peer, byte[] in, int offset) {
        int e = offset + InitPacket.NOISE_OFFSET;
        return new InitKey(
                peer,
                BigEndian.i64(in, e),
                BigEndian.i64(in, e + 8),
                BigEndian.i64(in, e + 16),
                BigEndian.i64(in, e + 24));
    }

    /**
     * By the ephemeral key: it is the stranger's to choose, among those whose hashes collide too,
     * and a hash map finds comparable keys of one hash in a tree.
     */
    @Override
    public int compareTo(InitKey other) {
        int order = Long.compare(e0, other.e0);
        order = order != 0 ? order : Long.compare(e1, other.e1);
        order = order != 0 ? order : Long.compare(e2, other.e2);
        return order != 0 ? order : Long.compare(e3, other.e3);
    }
}
