package dev.slipgate.gateway;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
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

/** A client of ours on a socket and a thread of its own. */
final class PlayerThread implements SessionListener, AutoCloseable {
    private static final int POLL_MS = 2;

    /** Also how long a client with the wrong key waits for a better answer. */
    private static final long CONNECT_TIMEOUT_NS = 2_500_000_000L;

    final List<byte[]> received = new CopyOnWriteArrayList<>();
    volatile ClientState state = ClientState.IDLE;

    private final long baseNs = System.nanoTime();
    private final MpClient client =
            new MpClient(
                    MpClientConfig.unpaced().withConnectTimeoutNs(CONNECT_TIMEOUT_NS),
                    CryptoProviders.select(CryptoProviders.AUTO),
                    new SecureRandom(),
                    this,
                    new DropCounter(),
                    new BytePool(1 << 20),
                    System.currentTimeMillis() * 1_000_000);
    private final Queue<byte[]> outbox = new ConcurrentLinkedQueue<>();
    private final Transmit transmit = new Transmit(2048);
    private final DatagramPacket incoming = new DatagramPacket(new byte[2048], 2048);
    private final DatagramSocket socket;
    private final PeerAddress server = () -> "gateway";
    private volatile boolean stopped;

    PlayerThread(InetSocketAddress gateway, PublicKey rootKey) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(gateway.getAddress(), 0));
        socket.connect(gateway);
        socket.setSoTimeout(POLL_MS);
        Thread.ofPlatform().daemon().name("player").start(() -> play(rootKey));
    }

    void send(byte[] message) {
        outbox.add(message);
    }

    private void play(PublicKey rootKey) {
        try {
            client.connect(server, rootKey, nowNs());
            while (!stopped) {
                turn();
                state = client.state();
            }
        } catch (IOException closed) {
            state = ClientState.CLOSED;
        }
    }

    private void turn() throws IOException {
        for (Job job = client.pollJob(); job != null; job = client.pollJob()) {
            job.run();
            client.onJobDone(job, nowNs());
        }
        while (client.state() == ClientState.CONNECTED && !outbox.isEmpty()) {
            byte[] message = outbox.remove();
            client.send(RetryMode.RETRY_ON_TIMEOUT, 1, message, 0, message.length, nowNs());
        }
        while (client.pollTransmit(transmit, nowNs())) {
            socket.send(new DatagramPacket(transmit.bytes, transmit.length));
        }
        try {
            incoming.setLength(2048);
            socket.receive(incoming);
            client.onDatagram(
                    server, ByteBuffer.wrap(incoming.getData(), 0, incoming.getLength()), nowNs());
        } catch (SocketTimeoutException quiet) {
            client.onTimeout(nowNs());
        }
    }

    private long nowNs() {
        return System.nanoTime() - baseNs;
    }

    @Override
    public void close() {
        stopped = true;
        socket.close();
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
    public void onClosed(Session session, CloseReason reason, long nowNs) {}
}
