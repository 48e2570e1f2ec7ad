package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A client of a plain UDP echo. Its datagrams have the size of a sealed mpgameserver packet with
 * one message, so that a yardstick moves the same bytes as the gateway: header, message number,
 * message, tag. Around the message there are zeros.
 */
final class ClearClient implements LoadClient {
    /** 20 bytes of header and 2 of message number. */
    static final int HEAD_BYTES = 22;

    /** The tag. */
    static final int TAIL_BYTES = 16;

    private final int client;
    private final Echoes echoes;
    private final byte[] message = new byte[ClientSockets.MAX_DATAGRAM_BYTES];
    private int queuedLength = -1;

    ClearClient(int client, Echoes echoes) {
        this.client = client;
        this.echoes = echoes;
    }

    @Override
    public void start(long nowNs) {
        // A plain echo knows no connections.
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public @Nullable String failure() {
        return null;
    }

    @Override
    public void onDatagram(ByteBuffer datagram, long nowNs) {
        int length = datagram.remaining() - HEAD_BYTES - TAIL_BYTES;
        if (length >= 0) {
            int offset = datagram.arrayOffset() + datagram.position() + HEAD_BYTES;
            echoes.onEcho(client, datagram.array(), offset, length, nowNs);
        }
    }

    @Override
    public boolean send(byte[] bytes, int length, long nowNs) {
        if (queuedLength >= 0) {
            return false;
        }
        System.arraycopy(bytes, 0, message, 0, length);
        queuedLength = length;
        return true;
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        if (queuedLength < 0) {
            return false;
        }
        System.arraycopy(message, 0, out.bytes, HEAD_BYTES, queuedLength);
        out.length = HEAD_BYTES + queuedLength + TAIL_BYTES;
        queuedLength = -1;
        return true;
    }

    @Override
    public void onTimeout(long nowNs) {
        // Nor timers.
    }

    @Override
    public long nextTimeoutNs() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close(long nowNs) {
        // Nor goodbyes.
    }
}
