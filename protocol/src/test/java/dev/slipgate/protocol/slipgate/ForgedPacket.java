package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.slipgate.frame.FrameWriter;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import java.util.Arrays;
import java.util.function.Consumer;

/** Packets under the keys of {@link SessionPair} that no session made. */
final class ForgedPacket {
    private static final int NUMBER_BYTES = 4;

    private ForgedPacket() {}

    static byte[] of(Side from, long number, Consumer<FrameWriter> frames) {
        var packet = new byte[CarrierKind.MAX_STREAM_PACKET_BYTES];
        int header = PacketHeader.write(packet, 0, SessionPair.ID, number, NUMBER_BYTES);
        var writer = new FrameWriter();
        writer.begin(packet, header, packet.length - Aead.TAG_BYTES);
        frames.accept(writer);
        writer.padTo(PacketHeader.MIN_PACKET_BYTES - Aead.TAG_BYTES);
        var ciphers = new PacketCiphers(SessionPair.CRYPTO, SessionPair.keys(), from);
        var nonce = new byte[Aead.NONCE_BYTES];
        return Arrays.copyOf(packet, ciphers.seal(number, nonce, packet, header, writer.at(), 0));
    }

    /** The number of a packet, as far as it shows. */
    static long number(byte[] packet) {
        var header = new PacketHeader();
        header.parse(packet, 0, packet.length);
        return header.number(PacketNumbers.NONE);
    }
}
