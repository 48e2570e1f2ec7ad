package dev.slipgate.deploy.attack;

import static org.awaitility.Awaitility.await;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.mpgameserver.ClientState;
import dev.slipgate.testing.player.TestPlayer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client that made a proper handshake and then, under its valid key, sends what no client may:
 * fragments out of bounds or of messages that never end, and packets that do not add up.
 */
final class RogueClient implements AutoCloseable {
    private static final int FRAGMENT = 7;
    private static final int APP = 6;
    private static final int TO_SERVER = 0x46534F53;
    private static final int FRAGMENT_DATA_BYTES = 1024;
    private static final int TAG_BYTES = 16;
    private static final int PACKET_NUMBERS = 65_535;

    /** Above what its handshake used; the well-behaved half of it is stale from here on. */
    private static final int FIRST_PACKET = 1_000;

    private final RecordingProxy proxy;
    private final TestPlayer player;
    private final Aead aead;
    private volatile byte @Nullable [] key;
    private int packets = FIRST_PACKET;
    private int messages = FIRST_PACKET;

    RogueClient(RealChain chain) throws IOException {
        Crypto crypto = CryptoProviders.select(CryptoProviders.JDK);
        proxy = new RecordingProxy(chain.address);
        proxy.stopRecording();
        player = new TestPlayer(proxy.address(), chain.rootKey(), tapped(crypto));
        await().until(() -> player.state() == ClientState.CONNECTED);
        aead = crypto.aesGcm(Objects.requireNonNull(key));
    }

    /** Notes the key that the session is sealed with. */
    private Crypto tapped(Crypto crypto) {
        return (Crypto)
                Proxy.newProxyInstance(
                        Crypto.class.getClassLoader(),
                        new Class<?>[] {Crypto.class},
                        (self, method, arguments) -> {
                            if (method.getName().equals("aesGcm")) {
                                key = ((byte[]) arguments[0]).clone();
                            }
                            return method.invoke(crypto, arguments);
                        });
    }

    /** Sends the next bad packet; confined to one thread. */
    void misbehave(RandomGenerator random) throws IOException {
        int message = 1 + messages++ % PACKET_NUMBERS;
        int id = random.nextInt(1 << 16);
        byte[] packet =
                switch (random.nextInt(6)) {
                    case 0 -> fragment(message, id, 0, 5, FRAGMENT_DATA_BYTES);
                    case 1 -> fragment(message, id, 6, 5, FRAGMENT_DATA_BYTES);
                    case 2 -> fragment(message, id, 1, random.nextInt(1 << 16), 10);
                    case 3 -> fragment(message, id, 1, 60_000, FRAGMENT_DATA_BYTES);
                    case 4 ->
                            fragment(message, id, 1, 3 + random.nextInt(200), FRAGMENT_DATA_BYTES);
                    default -> sealed(APP, 200, Mutation.random(random, 300));
                };
        proxy.inject(packet);
    }

    private byte[] fragment(int message, int id, int index, int count, int dataBytes) {
        ByteBuffer payload = ByteBuffer.allocate(8 + dataBytes);
        payload.putShort((short) message).putShort((short) id);
        payload.putShort((short) index).putShort((short) count);
        return sealed(FRAGMENT, 1, payload.array());
    }

    private byte[] sealed(int type, int count, byte[] payload) {
        ByteBuffer packet =
                ByteBuffer.allocate(Mutation.HEADER_BYTES + payload.length + TAG_BYTES)
                        .putInt(TO_SERVER)
                        .putInt((int) (System.currentTimeMillis() / 1000))
                        .putShort((short) (1 + packets++ % PACKET_NUMBERS))
                        .putShort((short) 0)
                        .put((byte) type)
                        .putShort((short) payload.length)
                        .put((byte) count)
                        .putInt(0);
        byte[] bytes = packet.array();
        aead.seal(
                bytes,
                0,
                bytes,
                0,
                Mutation.HEADER_BYTES,
                payload,
                0,
                payload.length,
                bytes,
                Mutation.HEADER_BYTES);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        player.close();
        proxy.close();
    }
}
