package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A client of a plain UDP echo. Its datagrams have the size of a sealed packet, see {@link
 * ClearFormat}.
 */
final class ClearClient implements LoadClient {
    private final int client;
    private final Echoes echoes;
    private final ClearFormat format;
    private final int messageBytes;
    private final byte[] datagram = new byte[ClientSockets.MAX_DATAGRAM_BYTES];
    private int queued;

    ClearClient(int client, Echoes echoes, ClearFormat format, int messageBytes) {
        this.client = client;
        this.echoes = echoes;
        this.format = format;
        this.messageBytes = messageBytes;
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
    public void onDatagram(ByteBuffer arrived, long nowNs) {
        int base = arrived.arrayOffset() + arrived.position();
        int end = arrived.remaining() - format.tailBytes();
        for (int i = 0; i < format.messages(); i++) {
            int offset = format.offsetOf(i, messageBytes);
            if (offset + messageBytes <= end) {
                echoes.onEcho(client, arrived.array(), base + offset, messageBytes, nowNs);
            }
        }
    }

    @Override
    public boolean send(byte[] bytes, int length, long nowNs) {
        if (queued == format.messages()) {
            return false;
        }
        System.arraycopy(bytes, 0, datagram, format.offsetOf(queued++, messageBytes), length);
        return true;
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        if (queued == 0) {
            return false;
        }
        out.length = format.datagramBytes(queued, messageBytes);
        System.arraycopy(datagram, 0, out.bytes, 0, out.length);
        queued = 0;
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
