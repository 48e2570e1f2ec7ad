package dev.slipgate.benchmarks;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.mpgameserver.MpServerConfig;
import dev.slipgate.protocol.mpgameserver.MpServerEndpoint;
import dev.slipgate.protocol.mpgameserver.SessionSettings;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Transmit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.KeyPair;
import java.security.SecureRandom;

/** A gateway in miniature: the real server endpoint on a real socket, echoing on one thread. */
public final class SealedEcho implements AutoCloseable {
    private record Peer(InetSocketAddress address) implements PeerAddress {
        @Override
        public Object host() {
            return address.getAddress();
        }
    }

    private static final int TURN_MS = 2;

    private final Crypto crypto = CryptoProviders.select(CryptoProviders.JDK);
    private final KeyPair rootKey = crypto.generateP256();
    private final Selector selector = Selector.open();
    private final DatagramChannel channel = DatagramChannel.open();
    private final ByteBuffer scratch = ByteBuffer.allocate(2048);
    private final Transmit transmit = new Transmit(2048);
    private final MpServerEndpoint endpoint =
            new MpServerEndpoint(
                    MpServerConfig.defaults()
                            .withSession(SessionSettings.serverDefaults().withPacingIntervalNs(0)),
                    crypto,
                    rootKey.getPrivate(),
                    rootKey.getPublic().getEncoded(),
                    new SecureRandom(),
                    new Echo(),
                    new DropCounter(),
                    new BytePool(1 << 20),
                    System.currentTimeMillis() * 1_000_000 - System.nanoTime(),
                    0);
    private final Thread thread = Thread.ofPlatform().name("sealed-echo").unstarted(this::run);
    private volatile boolean closed;

    public SealedEcho() throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 4 << 20);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.register(selector, SelectionKey.OP_READ);
        thread.start();
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    public KeyPair rootKey() {
        return rootKey;
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(TURN_MS);
                selector.selectedKeys().clear();
                turn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() throws IOException {
        InetSocketAddress from = (InetSocketAddress) channel.receive(scratch.clear());
        while (from != null) {
            endpoint.onDatagram(new Peer(from), scratch.flip(), System.nanoTime());
            from = (InetSocketAddress) channel.receive(scratch.clear());
        }
        long nowNs = System.nanoTime();
        endpoint.onTimeout(nowNs);
        for (Job job = endpoint.pollJob(); job != null; job = endpoint.pollJob()) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
        while (endpoint.pollTransmit(transmit, nowNs)) {
            if (transmit.peer instanceof Peer peer) {
                channel.send(ByteBuffer.wrap(transmit.bytes, 0, transmit.length), peer.address());
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        selector.close();
    }

    /** Sends back what comes. */
    private static final class Echo implements SessionListener {
        private long number;

        @Override
        public void onMessage(
                Session session,
                int inChannel,
                Delivery delivery,
                long inNumber,
                byte[] bytes,
                int offset,
                int length,
                int reservedBytes,
                long nowNs) {
            var unused = session.send(1, Delivery.RELIABLE, ++number, bytes, offset, length, nowNs);
        }

        @Override
        public boolean tryReserve(Session session, int bytes, long nowNs) {
            return true;
        }

        @Override
        public void onConnected(Session session, long nowNs) {}

        @Override
        public void unreserve(Session session, int bytes) {}

        @Override
        public void onDelivered(Session session, int outChannel, long sent, long nowNs) {}

        @Override
        public void onClosed(Session session, CloseReason reason, long nowNs) {}
    }
}
