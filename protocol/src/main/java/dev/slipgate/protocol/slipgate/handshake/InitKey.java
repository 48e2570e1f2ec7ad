package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.memory.BigEndian;

/** What tells two handshakes apart: the address, and the SHA-256 of the Noise message. */
record InitKey(PeerAddress peer, long h0, long h1, long h2, long h3)
        implements Comparable<InitKey> {
    /** The key of an INIT whose Noise message has this hash. */
    static InitKey of(PeerAddress peer, byte[] hash) {
        return new InitKey(
                peer,
                BigEndian.i64(hash, 0),
                BigEndian.i64(hash, 8),
                BigEndian.i64(hash, 16),
                BigEndian.i64(hash, 24));
    }

    /**
     * By the message's hash: strangers may search for messages that fall into one bucket of a hash
     * map, and it finds comparable keys of one bucket in a tree.
     */
    @Override
    public int compareTo(InitKey other) {
        int order = Long.compare(h0, other.h0);
        order = order != 0 ? order : Long.compare(h1, other.h1);
        order = order != 0 ? order : Long.compare(h2, other.h2);
        return order != 0 ? order : Long.compare(h3, other.h3);
    }
}
