package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.slipgate.frame.FrameReader;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/** What all sessions of one endpoint share, scratch included: they run on one thread. */
final class SlipgateContext {
    private static final int MAX_IDLE_GATHERINGS = 1024;

    private final SlipgateSettings settings;
    private final Crypto crypto;
    private final SessionHost host;
    private final SessionListener listener;
    private final DropCounter drops;
    private final BytePool pool;
    private final RandomGenerator random;
    private final long secret;
    private final OutMessages outMessages;
    private final PacketContents contents = new PacketContents();
    private final ArrayDeque<Gathering> idleGatherings = new ArrayDeque<>();
    private final DeliveredList delivered = new DeliveredList();
    private final PacketHeader header = new PacketHeader();
    private final FrameReader reader = new FrameReader();
    private final FrameWriter writer = new FrameWriter();
    private final Positions positions = new Positions();
    private final byte[] nonce = new byte[Aead.NONCE_BYTES];
    private byte[] plain = new byte[CarrierKind.MAX_DATAGRAM_BYTES];

    /**
     * @param random cryptographically strong, confined to this endpoint's thread
     * @param pool confined to this endpoint's thread
     */
    SlipgateContext(
            SlipgateSettings settings,
            Crypto crypto,
            SessionHost host,
            SessionListener listener,
            DropCounter drops,
            BytePool pool,
            RandomGenerator random) {
        this.settings = settings;
        this.crypto = crypto;
        this.host = host;
        this.listener = listener;
        this.drops = drops;
        this.pool = pool;
        this.random = random;
        this.secret = random.nextLong();
        this.outMessages = new OutMessages(pool);
    }

    SlipgateSettings settings() {
        return settings;
    }

    Crypto crypto() {
        return crypto;
    }

    SessionHost host() {
        return host;
    }

    SessionListener listener() {
        return listener;
    }

    DropCounter drops() {
        return drops;
    }

    BytePool pool() {
        return pool;
    }

    RandomGenerator random() {
        return random;
    }

    /** What makes the keys of hash maps unguessable. */
    long secret() {
        return secret;
    }

    OutMessages outMessages() {
        return outMessages;
    }

    /** What the packets under way of all sessions carried. */
    PacketContents contents() {
        return contents;
    }

    /** What the ACK at hand brought home. */
    DeliveredList delivered() {
        return delivered;
    }

    /** The header of the packet at hand. */
    PacketHeader header() {
        return header;
    }

    /** Walks the packet that was opened last. */
    FrameReader reader() {
        return reader;
    }

    /** Fills the packet that is being made. */
    FrameWriter writer() {
        return writer;
    }

    /** Scratch for a delivery ack. */
    Positions positions() {
        return positions;
    }

    /** Scratch for a nonce. */
    byte[] nonce() {
        return nonce;
    }

    /** Where packets are opened to; what a larger one left there is gone. */
    byte[] plain(int packetBytes) {
        if (plain.length < packetBytes) {
            plain = new byte[CarrierKind.MAX_STREAM_PACKET_BYTES];
        }
        return plain;
    }

    Gathering takeGathering() {
        return idleGatherings.isEmpty() ? new Gathering() : idleGatherings.removeLast();
    }

    void giveGathering(Gathering gathering) {
        gathering.clear();
        if (idleGatherings.size() < MAX_IDLE_GATHERINGS) {
            idleGatherings.addLast(gathering);
        }
    }
}
