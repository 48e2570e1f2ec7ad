package dev.slipgate.testing.player;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.mpgameserver.ClientState;
import dev.slipgate.protocol.mpgameserver.MpClient;
import dev.slipgate.protocol.mpgameserver.MpClientConfig;
import dev.slipgate.protocol.mpgameserver.RetryMode;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Transmit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks mpgameserver on a UDP socket and a thread of its own. Its methods may be
 * called from any thread.
 */
public final class TestPlayer implements SessionListener, AutoCloseable {
    private static final int TURN_MS = 2;
    private static final int DATAGRAM_BYTES = 2048;

    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final Queue<byte[]> toSend = new ConcurrentLinkedQueue<>();
    private final DatagramSocket socket;
    private final MpClient client;
    private final Server server;
    private final Thread thread;
    private final byte[] buffer = new byte[DATAGRAM_BYTES];
    private final Transmit transmit = new Transmit(DATAGRAM_BYTES);
    private volatile ClientState state = ClientState.IDLE;
    private volatile boolean leaving;
    private volatile @Nullable CloseReason closed;

    private record Server(InetSocketAddress address) implements PeerAddress {
        @Override
        public Object host() {
            return address.getAddress();
        }
    }

    /**
     * Begins to connect.
     *
     * @param rootKey what it pins
     */
    public TestPlayer(InetSocketAddress address, PublicKey rootKey) throws IOException {
        this(address, rootKey, CryptoProviders.select(CryptoProviders.JDK));
    }

    /** The same with a given port to cryptography, by which a test may look at its keys. */
    public TestPlayer(InetSocketAddress address, PublicKey rootKey, Crypto crypto)
            throws IOException {
        server = new Server(address);
        socket = new DatagramSocket();
        socket.setSoTimeout(TURN_MS);
        client =
                new MpClient(
                        MpClientConfig.unpaced(),
                        crypto,
                        new SecureRandom(),
                        this,
                        new DropCounter(),
                        new BytePool(1 << 20),
                        0);
        client.connect(server, rootKey, System.nanoTime());
        thread = Thread.ofPlatform().name("player").daemon().start(this::play);
    }

    /** What arrived, in order; to be cleared by whoever has looked. */
    public List<byte[]> received() {
        return received;
    }

    /** How far it has come. */
    public ClientState state() {
        return state;
    }

    /** Why the session ended, or null while it has not. */
    public @Nullable CloseReason closed() {
        return closed;
    }

    /** Its UDP port. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Sends reliably, once it is connected. */
    public void send(byte[] message) {
        toSend.add(message);
    }

    /** Says goodbye, and is gone. */
    @Override
    public void close() {
        leaving = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }

    private void play() {
        try {
            while (!leaving) {
                turn(System.nanoTime());
            }
            client.close(CloseReason.CLIENT_CLOSED, System.nanoTime());
            transmit(System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn(long nowNs) throws IOException {
        if (state == ClientState.CONNECTED) {
            for (byte[] m = toSend.poll(); m != null; m = toSend.poll()) {
                client.send(RetryMode.RETRY_ON_TIMEOUT, 1, m, 0, m.length, nowNs);
            }
        }
        client.onTimeout(nowNs);
        for (Job job = client.pollJob(); job != null; job = client.pollJob()) {
            job.run();
            client.onJobDone(job, nowNs);
        }
        transmit(nowNs);
        receive();
        state = client.state();
    }

    private void transmit(long nowNs) throws IOException {
        while (client.pollTransmit(transmit, nowNs)) {
            socket.send(new DatagramPacket(transmit.bytes, transmit.length, server.address));
        }
    }

    private void receive() throws IOException {
        var packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return;
        }
        client.onDatagram(
                server, ByteBuffer.wrap(buffer, 0, packet.getLength()), System.nanoTime());
    }

    @Override
    public void onConnected(Session session, long nowNs) {}

    @Override
    public boolean tryReserve(Session session, int bytes, long nowNs) {
        return true;
    }

    @Override
    public void unreserve(Session session, int bytes) {}

    @Override
    public void onMessage(
            Session session,
            int channel,
            Delivery delivery,
            long number,
            byte[] bytes,
            int offset,
            int length,
            int reservedBytes,
            long nowNs) {
        received.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void onDelivered(Session session, int channel, long number, long nowNs) {}

    @Override
    public void onClosed(Session session, CloseReason reason, long nowNs) {
        closed = reason;
    }
}
