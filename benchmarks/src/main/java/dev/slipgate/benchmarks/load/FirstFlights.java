package dev.slipgate.benchmarks.load;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.session.Transmit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** First packets of clients of the native protocol, to be sent by those who did not make them. */
public final class FirstFlights {
    private FirstFlights() {}

    /** So many INIT packets that a gateway with this key cannot tell from a genuine client's. */
    public static List<byte[]> genuine(PinnedKey.OfSlipgate key, Crypto crypto, int count) {
        var common = new NativeClient.Common(key.key(), crypto);
        var out = new Transmit(ClientSockets.MAX_DATAGRAM_BYTES);
        var packets = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            var client = new NativeClient(i, (number, bytes, offset, length, nowNs) -> {}, common);
            long nowNs = System.nanoTime();
            client.start(nowNs);
            if (!client.pollTransmit(out, nowNs)) {
                throw new IllegalArgumentException("no client begins with this key");
            }
            packets.add(Arrays.copyOf(out.bytes, out.length));
        }
        return packets;
    }

    /** The same bytes but for the magic, by the last bit of its last byte. */
    public static List<byte[]> withWrongMagic(List<byte[]> packets) {
        return packets.stream().map(FirstFlights::withWrongMagic).toList();
    }

    private static byte[] withWrongMagic(byte[] packet) {
        byte[] copy = packet.clone();
        copy[3] ^= 1;
        return copy;
    }
}
