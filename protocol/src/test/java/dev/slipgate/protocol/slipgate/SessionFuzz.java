package dev.slipgate.protocol.slipgate;

import static dev.slipgate.protocol.slipgate.SessionPair.CLIENT;
import static dev.slipgate.protocol.slipgate.SessionPair.GATEWAY;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.fuzz.Input;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.slipgate.packet.PacketHeader;
import dev.slipgate.protocol.slipgate.packet.PacketNumbers;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.api.Tag;

/**
 * Two sessions and a list of operations: they send, hear what the other has sent, late, twice,
 * altered or not at all, hear what only a peer with the keys could say, and grow old. Nothing is an
 * exception, and every bound holds after each of them.
 */
@Tag("ci")
class SessionFuzz {
    private static final int MAX_OPERATIONS = 200;
    private static final long MS = 1_000_000L;

    /** Numbers of forged packets begin here, so that genuine ones still fit the window below. */
    private static final long FORGED_FROM = 1_000;

    private final byte[] payload = new byte[FuzzedSession.LARGEST_MESSAGE_BYTES + 256];
    private final long[] numbers = new long[2];
    private final long[] forged = {FORGED_FROM, FORGED_FROM};
    private long nowNs = 5_000 * MS;

    @FuzzTest(maxDuration = "30s")
    void fuzz(byte[] bytes) {
        new SessionFuzz().run(bytes); // the fuzzer's instance is always the same
    }

    private void run(byte[] bytes) {
        var input = new Input(bytes);
        Agreed agreed = agreed(CarrierKind.values()[input.u8() % 2]);
        var client = new FuzzedSession(Side.CLIENT, agreed);
        var gateway = new FuzzedSession(Side.GATEWAY, agreed);
        client.session.startAsClient(0, SessionPair.TOKEN, nowNs);
        client.drain(nowNs);
        for (int i = 0; i < MAX_OPERATIONS && !input.atEnd(); i++) {
            int operation = input.u8();
            boolean up = (operation & 0x80) != 0;
            act(operation & 0x0f, up ? client : gateway, up ? gateway : client, input);
        }
        for (FuzzedSession each : new FuzzedSession[] {client, gateway}) {
            each.session.close(CloseReason.APP_CLOSED, nowNs);
            each.drain(nowNs);
            each.session.end(CloseReason.APP_CLOSED, nowNs);
            each.drain(nowNs);
        }
    }

    private static Agreed agreed(CarrierKind kind) {
        int packet = kind.maxPacketBytes();
        int credit = FuzzedSession.CREDIT_BYTES;
        int largest = FuzzedSession.LARGEST_MESSAGE_BYTES;
        long idleNs = 3_000 * MS;
        return new Agreed(kind, packet, packet, idleNs, credit, credit, largest, largest);
    }

    private void act(int operation, FuzzedSession from, FuzzedSession to, Input input) {
        switch (operation) {
            case 0, 1 -> send(from, input);
            case 2, 3, 4 -> hear(from, to, from.sent.pollFirst());
            case 5 -> hear(from, to, from.sent.pollLast());
            case 6 -> from.sent.pollFirst();
            case 7 -> hear(from, to, from.sent.peekFirst());
            case 8 -> hear(from, to, altered(from.sent, input));
            case 9, 10 -> hear(from, to, forge(from, input));
            case 11 -> pass(from, to, input.u8() * 4L * MS);
            case 12 -> pass(from, to, Math.max(0, nextDeadlineNs(from, to) - nowNs));
            case 13 -> from.consumeAll(nowNs);
            case 14 -> acknowledge(from, input);
            default -> setUp(from, input.u8());
        }
    }

    private void send(FuzzedSession from, Input input) {
        int channel = input.u8() % 6;
        int length = Math.min(input.u16(), payload.length);
        int side = from.session.side().ordinal();
        Delivery delivery = Delivery.ofChannel(channel);
        from.session.send(channel, delivery, ++numbers[side], payload, 0, length, nowNs);
        from.drain(nowNs);
    }

    private void hear(FuzzedSession from, FuzzedSession to, byte[] packet) {
        if (packet != null) {
            to.hear(from.session.side().gateway() ? GATEWAY : CLIENT, packet, nowNs);
        }
    }

    private static byte[] altered(Deque<byte[]> sent, Input input) {
        byte[] first = sent.peekFirst();
        if (first == null) {
            return null;
        }
        byte[] altered = Arrays.copyOf(first, Math.max(1, first.length - input.u8() % 8));
        altered[input.u16() % altered.length] ^= (byte) input.u8();
        return altered;
    }

    /** Any frames, under the keys of {@code from}. */
    private byte[] forge(FuzzedSession from, Input input) {
        Side side = from.session.side();
        long number = forged[side.ordinal()]++;
        byte[] frames = input.bytes(input.u16() % 1100);
        int length = Math.max(frames.length, PacketHeader.MIN_PACKET_BYTES - Aead.TAG_BYTES - 10);
        var packet = new byte[PacketHeader.length(4) + length + Aead.TAG_BYTES];
        int header = PacketHeader.write(packet, 0, SessionPair.ID, number, 4);
        System.arraycopy(frames, 0, packet, header, frames.length);
        var nonce = new byte[Aead.NONCE_BYTES];
        PacketNumbers.writeNonce(nonce, 0, number);
        TransportKeys keys = SessionPair.keys();
        byte[] key = side.gateway() ? keys.responderToInitiator() : keys.initiatorToResponder();
        SessionPair.CRYPTO
                .aesGcm(key)
                .seal(nonce, 0, packet, 0, header, packet, header, length, packet, header);
        return packet;
    }

    private static long nextDeadlineNs(FuzzedSession one, FuzzedSession other) {
        long nextNs = Math.min(one.deadlineNs(), other.deadlineNs());
        return nextNs == Long.MAX_VALUE ? 0 : nextNs;
    }

    private void pass(FuzzedSession one, FuzzedSession other, long durationNs) {
        nowNs += durationNs;
        one.timeOut(nowNs);
        other.timeOut(nowNs);
    }

    private void acknowledge(FuzzedSession from, Input input) {
        var positions = new Positions();
        positions.reset(input.u8());
        for (int i = 0; i < input.u8() % 80; i++) {
            positions.add(positions.upTo() + 2 + 2L * input.u8());
        }
        from.session.deliveryAck(input.u8() % 6, positions, nowNs);
        from.drain(nowNs);
    }

    private void setUp(FuzzedSession from, int what) {
        from.consumes = (what & 1) == 0;
        from.refusesRoom = (what & 2) != 0;
        from.session.onPeerWritable((what & 4) == 0, nowNs);
        from.drain(nowNs);
        if (what > 0xf8) {
            from.session.close(CloseReason.APP_CLOSED, nowNs);
            from.drain(nowNs);
        }
    }
}
