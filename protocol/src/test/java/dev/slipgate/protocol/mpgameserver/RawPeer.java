package dev.slipgate.protocol.mpgameserver;

import static dev.slipgate.protocol.mpgameserver.VirtualNet.CRYPTO;
import static dev.slipgate.protocol.mpgameserver.VirtualNet.MS;

import dev.slipgate.protocol.crypto.Aead;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client that can send anything: it seals by hand what a test tells it. */
final class RawPeer {
    private final VirtualNet net;
    private final TestPeer at;
    private @Nullable Aead sealer;
    private int token;
    int packetNumber = 1;
    int ack = 1;
    int ackBits;
    long seconds = VirtualNet.EPOCH_NS / 1_000_000_000L;

    RawPeer(VirtualNet net, TestPeer at) {
        this.net = net;
        this.at = at;
    }

    /** Says hello and takes the answer, but does not go on. */
    void hello() {
        KeyPair keys = CRYPTO.generateP256();
        byte[] body =
                ClientHello.encode(keys.getPublic().getEncoded(), new Sizes(1500), net.random);
        net.inject(
                at, PlainPacket.encode(Wire.MAGIC_TO_SERVER, seconds, 0, Wire.CLIENT_HELLO, body));
        net.runUntil(() -> answer() != null, 100 * MS);
        byte[] answer = Objects.requireNonNull(answer());
        ServerHello hello =
                ServerHello.decode(
                        answer,
                        PlainPacket.BODY,
                        answer.length - PlainPacket.BODY - 4,
                        CRYPTO,
                        VirtualNet.ROOT.getPublic());
        try {
            Objects.requireNonNull(hello);
            sealer =
                    CRYPTO.aesGcm(
                            SessionKey.derive(
                                    CRYPTO, keys.getPrivate(), hello.spki(), hello.salt()));
            token = hello.token();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte @Nullable [] answer() {
        byte[] found = null;
        for (VirtualNet.Datagram datagram : net.sent) {
            if (datagram.to.equals(at) && Wire.type(datagram.bytes, 0) == Wire.SERVER_HELLO) {
                found = datagram.bytes;
            }
        }
        return found;
    }

    /** The whole handshake. */
    void connect() {
        hello();
        byte[] body = new byte[2 + ChallengeResponse.BYTES];
        Wire.putU16(body, 0, 2);
        System.arraycopy(ChallengeResponse.encode(token), 0, body, 2, body.length - 2);
        send(Wire.CHALLENGE_RESP, 1, body);
    }

    void skip(int packets) {
        for (int i = 0; i < packets; i++) {
            packetNumber = RingNumber.next(packetNumber);
        }
    }

    void send(int type, int count, byte[] payload) {
        net.inject(at, packet(type, count, payload));
    }

    byte[] packet(int type, int count, byte[] payload) {
        skip(1);
        byte[] out = Arrays.copyOf(new byte[20], 20 + payload.length + 16);
        System.arraycopy(payload, 0, out, 20, payload.length);
        Wire.putNonce(out, Wire.MAGIC_TO_SERVER, seconds, packetNumber, ack);
        Wire.putContent(out, type, payload.length, count, ackBits);
        Objects.requireNonNull(sealer).seal(out, 0, out, 0, 20, out, 20, payload.length, out, 20);
        return out;
    }

    /** The payload of a packet with one message. */
    static byte[] single(int number, int bodyLength) {
        byte[] payload = new byte[2 + bodyLength];
        Wire.putU16(payload, 0, number);
        return payload;
    }

    /** The payload of a packet with several messages of one length and type. */
    static byte[] framed(int bodyLength, int type, int... numbers) {
        byte[] payload = new byte[numbers.length * (5 + bodyLength)];
        for (int i = 0; i < numbers.length; i++) {
            int offset = i * (5 + bodyLength);
            Wire.putU16(payload, offset, bodyLength);
            Wire.putU16(payload, offset + 2, numbers[i]);
            payload[offset + 4] = (byte) type;
        }
        return payload;
    }

    /** The payload of a packet with one fragment. */
    static byte[] fragment(int number, int id, int index, int count, int dataLength) {
        byte[] payload = new byte[2 + 6 + dataLength];
        Arrays.fill(payload, (byte) index);
        Wire.putU16(payload, 0, number);
        Wire.putU16(payload, 2, id);
        Wire.putU16(payload, 4, index);
        Wire.putU16(payload, 6, count);
        return payload;
    }
}
