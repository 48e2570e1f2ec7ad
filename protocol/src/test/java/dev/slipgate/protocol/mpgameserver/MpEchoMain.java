package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.Transmit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * The dialect on a plain UDP socket of the loopback address, sending every message back, or as many
 * bytes as it asks for; to try other clients by hand. Arguments: the port, and the loss in percent
 * each way. Prints the root key in PEM, then what was dropped, when it ends.
 */
final class MpEchoMain {
    private record Peer(SocketAddress address) implements PeerAddress {
        @Override
        public Object host() {
            return ((InetSocketAddress) address).getAddress();
        }
    }

    private final DropCounter drops = new DropCounter();
    private final Transmit out = new Transmit(2048);
    private final SecureRandom random = new SecureRandom();
    private final double loss;
    private final MpServerEndpoint endpoint;
    private final DatagramChannel channel;

    private MpEchoMain(int port, double loss, KeyPair root, Crypto crypto) throws IOException {
        this.loss = loss;
        this.channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        this.endpoint =
                new MpServerEndpoint(
                        MpServerConfig.defaults(),
                        crypto,
                        root.getPrivate(),
                        root.getPublic().getEncoded(),
                        random,
                        new Echo(),
                        drops,
                        new BytePool(64 << 20),
                        TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())
                                - System.nanoTime(),
                        0);
    }

    /** Sends back what it gets, or as much as it asks for. */
    private static final class Echo extends RecordingListener {
        private long number;

        @Override
        public void onMessage(
                Session session,
                int channel,
                Delivery delivery,
                long sentNumber,
                byte[] bytes,
                int offset,
                int length,
                int reservedBytes,
                long nowNs) {
            reserved -= reservedBytes;
            int asked = askedLength(bytes, offset, length);
            byte[] answer = asked < 0 ? bytes : new byte[asked];
            session.send(
                    channel,
                    Delivery.RELIABLE,
                    ++number,
                    answer,
                    asked < 0 ? offset : 0,
                    asked < 0 ? length : asked,
                    nowNs);
        }

        /** A message of "BIG" and four bytes asks for that many in return. */
        private static int askedLength(byte[] bytes, int offset, int length) {
            boolean asks =
                    length == 7
                            && bytes[offset] == 'B'
                            && bytes[offset + 1] == 'I'
                            && bytes[offset + 2] == 'G';
            return asks ? Math.clamp(Wire.i32(bytes, offset + 3), 0, 200_000) : -1;
        }
    }

    public static void main(String[] args) throws IOException {
        Crypto crypto = CryptoProviders.select(CryptoProviders.AUTO);
        KeyPair root = crypto.generateP256();
        String body =
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(root.getPublic().getEncoded());
        System.out.println("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----");
        double loss = args.length > 1 ? Double.parseDouble(args[1]) / 100 : 0;
        var echo = new MpEchoMain(Integer.parseInt(args[0]), loss, root, crypto);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> System.out.println(echo.drops.snapshot())));
        echo.run();
    }

    private void run() throws IOException {
        Selector selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        ByteBuffer in = ByteBuffer.allocate(2048);
        while (true) {
            readBurst(in);
            endpoint.onTimeout(System.nanoTime());
            drain();
            long waitNs = endpoint.nextTimeoutNs() - System.nanoTime();
            selector.selectedKeys().clear();
            selector.select(Math.clamp(waitNs / 1_000_000, 1, 1000));
        }
    }

    private void readBurst(ByteBuffer in) throws IOException {
        SocketAddress from;
        while ((from = channel.receive(in.clear())) != null) {
            if (random.nextDouble() >= loss) {
                endpoint.onDatagram(new Peer(from), in.flip(), System.nanoTime());
            }
        }
    }

    private void drain() throws IOException {
        Job job;
        while ((job = endpoint.pollJob()) != null) {
            job.run();
            endpoint.onJobDone(job, System.nanoTime());
        }
        while (endpoint.pollTransmit(out, System.nanoTime())) {
            if (random.nextDouble() >= loss && out.peer instanceof Peer peer) {
                channel.send(ByteBuffer.wrap(out.bytes, 0, out.length), peer.address);
            }
        }
    }
}
