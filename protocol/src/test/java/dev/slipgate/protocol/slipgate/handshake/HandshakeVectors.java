package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import dev.slipgate.protocol.memory.BigEndian;
import dev.slipgate.protocol.noise.NkInitiator;
import dev.slipgate.protocol.noise.NkResponder;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.vectors.VectorFile;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the vectors of the clear packets, under fixed keys. */
public final class HandshakeVectors {
    static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    public static final long SESSION_ID = 0x03_1122_3344_5566_77L;
    static final String GATEWAY_NAME = "vectors";
    static final Offer CLIENT_OFFER = new Offer(1200, 30_000, 1_048_576, 262_144);
    static final Offer GATEWAY_OFFER = new Offer(1200, 20_000, 2_097_152, 524_288);
    static final int RETRY_AFTER_MS = 1500;

    final GatewayKey first = key(0x11);
    final GatewayKey second = key(0x22);
    final GatewayKey unknown = key(0x33);
    final GatewayKeys keys = new GatewayKeys(List.of(first, second));
    final X25519KeyPair clientEphemeral = pair(0x44);
    final X25519KeyPair gatewayEphemeral = pair(0x55);

    private final VectorFile file =
            new VectorFile("handshake.json", "INIT, RESPONSE, COOKIE, REFUSE, RESET");

    public HandshakeVectors() {
        common();
        inits();
        damagedInits();
        responses();
        damagedResponses();
        cookies();
        refusals();
        resets();
    }

    VectorFile file() {
        return file;
    }

    private static X25519KeyPair pair(int fill) {
        byte[] privateKey = new byte[X25519KeyPair.KEY_BYTES];
        Arrays.fill(privateKey, (byte) fill);
        return CRYPTO.x25519Pair(privateKey);
    }

    private static GatewayKey key(int fill) {
        return GatewayKey.of(CRYPTO, pair(fill));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private void common() {
        var gatewayKeys = new LinkedHashMap<String, Object>();
        gatewayKeys.put("first", describe(first));
        gatewayKeys.put("second", describe(second));
        file.common("gateway keys", gatewayKeys);
        file.common("key that the gateway does not hold", describe(unknown));
        file.common("client ephemeral", describe(clientEphemeral));
        file.common("gateway ephemeral", describe(gatewayEphemeral));
    }

    private static Map<String, Object> describe(GatewayKey key) {
        Map<String, Object> described = describe(key.pair());
        described.put("key id", key.publicKey().idText());
        return described;
    }

    private static Map<String, Object> describe(X25519KeyPair pair) {
        var described = new LinkedHashMap<String, Object>();
        described.put("private", hex(pair.privateKey()));
        described.put("public", hex(pair.publicKey()));
        return described;
    }

    private void add(
            String name, String reader, String verdict, byte[] bytes, @Nullable Object fields) {
        var vector = new LinkedHashMap<String, Object>();
        vector.put("name", name);
        vector.put("reader", reader);
        vector.put("verdict", verdict);
        if (fields != null) {
            vector.put("fields", fields);
        }
        vector.put("bytes", hex(bytes));
        file.add(vector);
    }

    private void toGateway(String name, String verdict, byte[] bytes) {
        add(name, "gateway", verdict, bytes, null);
    }

    private void toClient(String name, String verdict, byte[] bytes) {
        add(name, "client", verdict, bytes, null);
    }

    // INIT

    byte[] plainInit() {
        return init(first.publicKey(), payload(CLIENT_OFFER).encode());
    }

    private static InitPayload payload(Offer offer) {
        return new InitPayload(1, 1, 0, offer);
    }

    private byte[] init(GatewayPublicKey gateway, byte[] payload) {
        byte[] prologue = InitPacket.prologue(gateway.id());
        return InitPacket.encode(prologue, initiator(gateway, prologue).writeMessage1(payload));
    }

    private NkInitiator initiator(GatewayPublicKey gateway, byte[] prologue) {
        return new NkInitiator(CRYPTO, prologue, gateway.bytes(), clientEphemeral);
    }

    private void inits() {
        addInit("INIT", first, payload(CLIENT_OFFER));
        addInit("INIT for the gateway's second key", second, payload(CLIENT_OFFER));
        addInit(
                "INIT with the smallest values",
                first,
                new InitPayload(0, 1, 0, new Offer(1200, 1000, 0, 1)));
        addInit(
                "INIT with the largest values",
                first,
                new InitPayload(1, 255, -1, new Offer(16384, 600_000, 0xffff_ffffL, 16_777_216)));
        byte[] padded = payload(CLIENT_OFFER).encode();
        Arrays.fill(padded, 20, padded.length, (byte) 0xee);
        toGateway("INIT whose padding is not zeros", "opens", init(first.publicKey(), padded));
        toGateway(
                "INIT with a cookie that nobody asked for",
                "opens",
                InitPacket.withCookie(plainInit(), filled(32, 0x77)));
    }

    private void addInit(String name, GatewayKey key, InitPayload payload) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("key id", key.publicKey().idText());
        fields.put("lowest version", payload.lowestVersion());
        fields.put("highest version", payload.highestVersion());
        fields.put("features", Integer.toUnsignedLong(payload.features()));
        putOffer(fields, payload.offer());
        add(name, "gateway", "opens", init(key.publicKey(), payload.encode()), fields);
    }

    private static void putOffer(Map<String, Object> fields, Offer offer) {
        fields.put("largest packet", offer.largestPacketBytes());
        fields.put("idle timeout", offer.idleTimeoutMs());
        fields.put("credit", offer.creditBytes());
        fields.put("largest message", offer.largestMessageBytes());
    }

    private void damagedInits() {
        byte[] plain = plainInit();
        toGateway("INIT, truncated by a byte", "dropped", Arrays.copyOf(plain, 1199));
        toGateway("INIT, truncated to its clear header", "dropped", Arrays.copyOf(plain, 12));
        toGateway("INIT, a byte too long", "dropped", Arrays.copyOf(plain, 1201));
        toGateway("INIT with another magic", "dropped", flipped(plain, 3));
        toGateway("INIT with a reserved bit set", "dropped", flipped(plain, 7));
        toGateway("INIT that calls itself RESPONSE", "dropped", withByte(plain, 4, 2));
        addRefused("INIT of version 2", "refuse 1", withByte(plain, 5, 2));
        addRefused(
                "INIT for a key that is not held",
                "refuse 2",
                init(unknown.publicKey(), payload(CLIENT_OFFER).encode()));
        byte[] forged = init(unknown.publicKey(), payload(CLIENT_OFFER).encode());
        BigEndian.put32(forged, 8, first.id());
        toGateway("INIT for another key under the id of the first", "does not open", forged);
        toGateway("INIT, a bit flipped in e", "does not open", flipped(plain, 44));
        toGateway("INIT, a bit flipped in the payload", "does not open", flipped(plain, 80));
        toGateway("INIT, a bit flipped in the tag", "does not open", flipped(plain, 1199));
        byte[] smallOrder = plain.clone();
        Arrays.fill(smallOrder, 44, 76, (byte) 0);
        toGateway("INIT whose e is a point of small order", "does not open", smallOrder);
        outOfRange("largest packet 1199", 6, Short.BYTES, 1199);
        outOfRange("largest packet 16385", 6, Short.BYTES, 16385);
        outOfRange("idle timeout 999", 8, Integer.BYTES, 999);
        outOfRange("idle timeout 600001", 8, Integer.BYTES, 600_001);
        outOfRange("largest message 0", 16, Integer.BYTES, 0);
        outOfRange("largest message 16777217", 16, Integer.BYTES, 16_777_217);
        outOfRange("lowest version 2", 0, Byte.BYTES, 2);
        outOfRange("highest version 0", 1, Byte.BYTES, 0);
    }

    private void outOfRange(String name, int offset, int bytes, int value) {
        byte[] payload = payload(CLIENT_OFFER).encode();
        for (int i = 0; i < bytes; i++) {
            payload[offset + i] = (byte) (value >> (8 * (bytes - 1 - i)));
        }
        toGateway("INIT, " + name, "does not open", init(first.publicKey(), payload));
    }

    private void addRefused(String name, String verdict, byte[] init) {
        RefusePacket.Reason reason =
                verdict.endsWith("1") ? RefusePacket.Reason.VERSION : RefusePacket.Reason.KEY;
        add(
                name,
                "gateway",
                verdict,
                init,
                Map.of("answer", hex(RefusePacket.to(init, 0, reason).encode())));
    }

    // RESPONSE

    private static ResponsePayload.Accepted acceptedPayload(long sessionId, byte[] resetToken) {
        Offer offer = GATEWAY_OFFER.withIdleTimeoutAtMost(CLIENT_OFFER.idleTimeoutMs());
        return new ResponsePayload.Accepted(sessionId, resetToken, 0, offer);
    }

    byte[] resetToken() {
        return new ResetTokens(CRYPTO, keys, GATEWAY_NAME).of(SESSION_ID);
    }

    byte[] accepted() {
        return response(acceptedPayload(SESSION_ID, resetToken()).encode());
    }

    private byte[] response(byte[] payload) {
        return response(first, plainInit(), payload).packet();
    }

    /** The keys of the session that RESPONSE begins. */
    public TransportKeys sessionKeys() {
        return response(first, plainInit(), acceptedPayload(SESSION_ID, resetToken()).encode())
                .keys();
    }

    private record Response(byte[] packet, TransportKeys keys) {}

    private Response response(GatewayKey key, byte[] init, byte[] payload) {
        var responder = new NkResponder(CRYPTO, InitPacket.prologue(init, 0), key.pair());
        Objects.requireNonNull(responder.readMessage1(InitPacket.noiseMessage(init, 0)));
        byte[] message2 = responder.writeMessage2(gatewayEphemeral, payload);
        return new Response(ResponsePacket.encode(key.id(), message2), responder.transportKeys());
    }

    private void responses() {
        ResponsePayload.Accepted payload = acceptedPayload(SESSION_ID, resetToken());
        Response accepted = response(first, plainInit(), payload.encode());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("answers", "INIT");
        fields.put("status", 0);
        fields.put("session id", HexFormat.of().toHexDigits(payload.sessionId()));
        fields.put("reset token", hex(payload.resetToken()));
        fields.put("features", payload.features());
        putOffer(fields, payload.offer());
        fields.put("client to gateway key", hex(accepted.keys().initiatorToResponder()));
        fields.put("gateway to client key", hex(accepted.keys().responderToInitiator()));
        fields.put("handshake hash", hex(accepted.keys().handshakeHash()));
        add("RESPONSE", "client", "accepted", accepted.packet(), fields);
        var full = new LinkedHashMap<String, Object>();
        full.put("answers", "INIT");
        full.put("status", 1);
        full.put("retry after", RETRY_AFTER_MS);
        byte[] fullPayload = new ResponsePayload.Full(RETRY_AFTER_MS).encode();
        add("RESPONSE of a full gateway", "client", "full", response(fullPayload), full);
    }

    private void damagedResponses() {
        byte[] plain = accepted();
        toClient("RESPONSE, truncated by a byte", "dropped", Arrays.copyOf(plain, 102));
        toClient("RESPONSE, a byte too long", "dropped", Arrays.copyOf(plain, 104));
        toClient(
                "RESPONSE, cut to the length of a full one",
                "does not open",
                Arrays.copyOf(plain, 65));
        toClient("RESPONSE of version 2", "dropped", withByte(plain, 5, 2));
        toClient("RESPONSE with another key id", "dropped", flipped(plain, 11));
        toClient("RESPONSE, a bit flipped in e", "does not open", flipped(plain, 12));
        toClient("RESPONSE, a bit flipped in the payload", "does not open", flipped(plain, 50));
        toClient("RESPONSE, a bit flipped in the tag", "does not open", flipped(plain, 102));
        byte[] otherInit = init(first.publicKey(), payload(new Offer(1200, 10_000, 0, 1)).encode());
        byte[] payload = acceptedPayload(SESSION_ID, resetToken()).encode();
        toClient(
                "RESPONSE to another INIT, replayed",
                "does not open",
                response(first, otherInit, payload).packet());
        byte[] prologue = InitPacket.prologue(first.id());
        byte[] toImpostor =
                InitPacket.encode(
                        prologue,
                        new NkInitiator(
                                        CRYPTO,
                                        prologue,
                                        unknown.publicKey().bytes(),
                                        clientEphemeral)
                                .writeMessage1(payload(CLIENT_OFFER).encode()));
        byte[] forged = response(unknown, toImpostor, payload).packet();
        BigEndian.put32(forged, 8, first.id());
        toClient("RESPONSE of who holds another key", "does not open", forged);
        toClient(
                "RESPONSE with session id 0",
                "does not open",
                response(acceptedPayload(0, resetToken()).encode()));
        toClient("RESPONSE with status 2", "does not open", response(withByte(payload, 0, 2)));
        toClient("INIT sent to a client", "dropped", plainInit());
    }

    // The rest

    private void cookies() {
        long echo = InitPacket.echo(plainInit(), 0);
        byte[] cookie = filled(32, 0x77);
        byte[] plain = CookiePacket.encode(first.id(), cookie, echo);
        var fields = new LinkedHashMap<String, Object>();
        fields.put("cookie", hex(cookie));
        fields.put("echo", HexFormat.of().toHexDigits(echo));
        fields.put("answer", hex(InitPacket.withCookie(plainInit(), cookie)));
        add("COOKIE", "client", "cookie", plain, fields);
        toClient("COOKIE, truncated by a byte", "dropped", Arrays.copyOf(plain, 51));
        toClient("COOKIE with another echo", "dropped", flipped(plain, 51));
        toClient("COOKIE with another key id", "dropped", flipped(plain, 8));
    }

    private void refusals() {
        byte[] init = plainInit();
        RefusePacket.Reason version = RefusePacket.Reason.VERSION;
        byte[] other =
                new RefusePacket(1, first.id(), version, 2, 3, InitPacket.echo(init, 0)).encode();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("reason", 1);
        fields.put("lowest version", 2);
        fields.put("highest version", 3);
        add("REFUSE of the version", "client", "refused 1", other, fields);
        byte[] plain = RefusePacket.to(init, 0, RefusePacket.Reason.KEY).encode();
        add("REFUSE of the key", "client", "refused 2", plain, Map.of("reason", 2));
        toClient("REFUSE, truncated by a byte", "dropped", Arrays.copyOf(plain, 22));
        toClient("REFUSE with another echo", "dropped", flipped(plain, 22));
        toClient("REFUSE with another key id", "dropped", flipped(plain, 8));
        toClient("REFUSE of an INIT of version 2", "dropped", withByte(plain, 5, 2));
        toClient("REFUSE for a reason that does not exist", "dropped", withByte(plain, 12, 3));
    }

    private void resets() {
        byte[] plain = ResetPacket.encode(SESSION_ID, resetToken());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("session id", HexFormat.of().toHexDigits(SESSION_ID));
        fields.put("reset token", hex(resetToken()));
        add("RESET of the session of RESPONSE", "client", "reset", plain, fields);
        toClient("RESET, truncated by a byte", "dropped", Arrays.copyOf(plain, 35));
        toClient("RESET, a byte too long", "dropped", Arrays.copyOf(plain, 37));
        toClient("RESET of another session", "dropped", flipped(plain, 19));
        toClient("RESET with another token", "dropped", flipped(plain, 35));
        toGateway("RESET sent to a gateway", "dropped", plain);
    }

    private static byte[] filled(int length, int fill) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) fill);
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int offset) {
        return withByte(bytes, offset, bytes[offset] ^ 1);
    }

    private static byte[] withByte(byte[] bytes, int offset, int value) {
        byte[] copy = bytes.clone();
        copy[offset] = (byte) value;
        return copy;
    }
}
