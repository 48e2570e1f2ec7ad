package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.SessionListener;
import org.jspecify.annotations.Nullable;

/** What all sessions of one endpoint share, scratch included: they run on one thread. */
final class SessionContext {
    private final boolean server;
    private final SessionSettings settings;
    private final Sizes sizes;
    private final SessionHost host;
    private final SessionListener listener;
    private final DropCounter drops;
    private final BytePool pool;
    private final OutPool outPool;
    private final PayloadWriter writer;
    private final PacketCursor cursor = new PacketCursor();
    private final byte[] plain;
    private final long epochAtZeroNs;

    /**
     * @param server which side this is
     * @param epochAtZeroNs unix time at {@code nowNs} 0
     */
    SessionContext(
            boolean server,
            SessionSettings settings,
            SessionHost host,
            SessionListener listener,
            DropCounter drops,
            BytePool pool,
            long epochAtZeroNs) {
        this.server = server;
        this.settings = settings;
        this.sizes = new Sizes(settings.mtuBytes());
        this.host = host;
        this.listener = listener;
        this.drops = drops;
        this.pool = pool;
        this.outPool = new OutPool(pool);
        this.writer = new PayloadWriter(sizes.maxPayloadBytes());
        this.plain = new byte[sizes.maxDatagramBytes()];
        this.epochAtZeroNs = epochAtZeroNs;
    }

    boolean server() {
        return server;
    }

    SessionSettings settings() {
        return settings;
    }

    Sizes sizes() {
        return sizes;
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

    OutPool outPool() {
        return outPool;
    }

    /** Frames the packet that is being filled. */
    PayloadWriter writer() {
        return writer;
    }

    /** Walks the packet that was opened last. */
    PacketCursor cursor() {
        return cursor;
    }

    /** Where packets are opened to. */
    byte[] plain() {
        return plain;
    }

    long epochAtZeroNs() {
        return epochAtZeroNs;
    }

    int outgoingMagic() {
        return server ? Wire.MAGIC_TO_CLIENT : Wire.MAGIC_TO_SERVER;
    }

    int incomingMagic() {
        return server ? Wire.MAGIC_TO_SERVER : Wire.MAGIC_TO_CLIENT;
    }

    /** The message types taken inside a sealed packet, as bits. */
    int takenTypes() {
        return server ? PacketCursor.SERVER_TAKES : PacketCursor.CLIENT_TAKES;
    }

    /** Unix seconds for a header. */
    long secondsAt(long nowNs) {
        return Math.floorDiv(epochAtZeroNs + nowNs, 1_000_000_000L);
    }

    /**
     * Why a datagram is refused by its size, magic or type alone, or null.
     *
     * @param helloType the one plain type that this side takes
     */
    @Nullable DropReason headerRefusal(byte[] bytes, int offset, int length, int helloType) {
        if (length < Wire.HEADER_BYTES + Wire.CRC_BYTES || length > sizes.maxDatagramBytes()) {
            return DropReason.BAD_SIZE;
        }
        int magic = Wire.magic(bytes, offset);
        if (magic != incomingMagic()) {
            return magic == outgoingMagic() ? DropReason.BAD_DIRECTION : DropReason.BAD_MAGIC;
        }
        int type = Wire.type(bytes, offset);
        boolean taken = type == helloType || PacketCursor.takes(takenTypes(), type);
        return taken ? null : DropReason.BAD_TYPE;
    }

    /** Whether a sealed packet's header has the length of its datagram. */
    boolean sealedLengthAgrees(byte[] bytes, int offset, int length) {
        return Wire.HEADER_BYTES + Wire.length(bytes, offset) + Wire.TAG_BYTES == length;
    }
}
