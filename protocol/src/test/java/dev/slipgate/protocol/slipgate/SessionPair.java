package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.testnet.NetAddress;
import dev.slipgate.protocol.testnet.NetFaults;
import dev.slipgate.protocol.testnet.TestNetwork;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client's and a gateway's session, as after a handshake, on a {@link TestNetwork}. */
final class SessionPair {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    static final Crypto CRYPTO = CryptoProviders.select(CryptoProviders.JDK);
    static final NetAddress CLIENT = new NetAddress("client", 1);
    static final NetAddress GATEWAY = new NetAddress("gateway", 7770);
    static final long ID = 0x0102030405060708L;
    static final long IDLE_NS = 30 * SECOND;
    static final byte[] TOKEN = "a token".getBytes(StandardCharsets.UTF_8);

    final TestNetwork network;
    final SessionPeer client;
    final SessionPeer gateway;
    private final Map<SessionPeer, List<RecordedMessage>> sent = new HashMap<>();
    private long number;

    SessionPair(long seed) {
        this(seed, agreed(CarrierKind.DATAGRAM), SlipgateSettings.defaults(), CRYPTO);
    }

    SessionPair(long seed, Agreed agreed) {
        this(seed, agreed, SlipgateSettings.defaults(), CRYPTO);
    }

    SessionPair(long seed, Agreed agreed, SlipgateSettings settings, Crypto crypto) {
        network = new TestNetwork(seed);
        client = new SessionPeer(crypto, settings, seed);
        gateway = new SessionPeer(crypto, settings, ~seed);
        client.begin(new SlipgateSession(ID, Side.CLIENT, GATEWAY, keys(), agreed, client.context));
        gateway.begin(
                new SlipgateSession(ID, Side.GATEWAY, CLIENT, keys(), agreed, gateway.context));
        network.attach(CLIENT, client);
        network.attach(GATEWAY, gateway);
        if (agreed.kind() == CarrierKind.STREAM) {
            network.makeStream();
        }
    }

    static Agreed agreed(CarrierKind kind) {
        int packet = kind.maxPacketBytes();
        return new Agreed(kind, packet, packet, IDLE_NS, 1 << 20, 1 << 20, 256 * 1024, 256 * 1024);
    }

    static Agreed withCredit(CarrierKind kind, long creditBytes) {
        int packet = kind.maxPacketBytes();
        return new Agreed(
                kind, packet, packet, IDLE_NS, creditBytes, creditBytes, 256 * 1024, 256 * 1024);
    }

    static TransportKeys keys() {
        var up = new byte[32];
        var down = new byte[32];
        Arrays.fill(up, (byte) 1);
        Arrays.fill(down, (byte) 2);
        return new TransportKeys(up, down, new byte[32]);
    }

    /** Both ends are connected from here on. */
    SessionPair connected() {
        client.session().startAsClient(0, TOKEN, network.nowNs());
        boolean both = network.runUntil(() -> gateway.connected == 1, 30 * SECOND);
        if (!both) {
            throw new AssertionError("no connection");
        }
        return this;
    }

    SessionPair with(NetFaults faults) {
        network.setFaults(faults);
        return this;
    }

    /** Sends from the client on the channel's default mode; numbers count up by themselves. */
    SendResult up(int channel, String text) {
        return send(client, channel, Delivery.ofChannel(channel), text);
    }

    SendResult down(int channel, String text) {
        return send(gateway, channel, Delivery.ofChannel(channel), text);
    }

    SendResult send(SessionPeer from, int channel, Delivery delivery, String text) {
        return send(from, channel, delivery, text.getBytes(StandardCharsets.UTF_8));
    }

    SendResult send(SessionPeer from, int channel, Delivery delivery, byte[] bytes) {
        SendResult result =
                from.session()
                        .send(
                                channel,
                                delivery,
                                number + 1,
                                bytes,
                                0,
                                bytes.length,
                                network.nowNs());
        if (result == SendResult.QUEUED) {
            var message = new RecordedMessage(channel, delivery, ++number, bytes);
            sent.computeIfAbsent(from, unused -> new ArrayList<>()).add(message);
        }
        return result;
    }

    List<Long> sentUp(int channel) {
        return numbersSent(client, channel);
    }

    List<Long> sentDown(int channel) {
        return numbersSent(gateway, channel);
    }

    private List<Long> numbersSent(SessionPeer from, int channel) {
        return sent.getOrDefault(from, List.of()).stream()
                .filter(message -> message.channel() == channel)
                .map(RecordedMessage::number)
                .toList();
    }

    /** Whether every reliable message has arrived and was acknowledged. */
    boolean settled() {
        return client.delivered.size() == reliable(client)
                && gateway.delivered.size() == reliable(gateway);
    }

    private long reliable(SessionPeer from) {
        return sent.getOrDefault(from, List.of()).stream()
                .filter(message -> message.delivery().reliable())
                .count();
    }

    /** Whether a message that arrived is one that was sent, unchanged. */
    boolean asSent(RecordedMessage arrived) {
        return sent.values().stream()
                .flatMap(List::stream)
                .anyMatch(
                        message ->
                                message.number() == arrived.number()
                                        && message.channel() == arrived.channel()
                                        && message.delivery() == arrived.delivery()
                                        && Arrays.equals(message.bytes(), arrived.bytes()));
    }
}
