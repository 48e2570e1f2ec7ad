package dev.slipgate.gateway;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.ConnectFailure;
import dev.slipgate.protocol.slipgate.SlipgateClientConfig;
import dev.slipgate.protocol.slipgate.SlipgateClientEndpoint;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A client endpoint on a blocking socket, driven by the thread of the test. */
final class NativeClient implements AutoCloseable {
    private static final PeerAddress GATEWAY = () -> "gateway";
    private static final int TURN_MS = 20;
    private static final long PATIENCE_NS = 20_000_000_000L;

    private final Wire wire;
    private final SlipgateClientEndpoint endpoint;
    private final Events events = new Events();
    private final Transmit transmit = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private long number;

    /** What moves packets. */
    private interface Wire extends AutoCloseable {
        void send(byte[] bytes, int length) throws IOException;

        /** A packet, or null when none came for a while. */
        byte @Nullable [] receive() throws IOException;

        default void rebind() throws IOException {}

        @Override
        void close() throws IOException;
    }

    private NativeClient(CarrierKind kind, Wire wire, GatewayKeys keys) {
        this.wire = wire;
        Crypto crypto = CryptoProviders.select(CryptoProviders.JDK);
        endpoint =
                new SlipgateClientEndpoint(
                        SlipgateClientConfig.defaults(),
                        kind,
                        crypto,
                        keys.announced().publicKey().bytes(),
                        new byte[0],
                        GATEWAY,
                        new SecureRandom(),
                        events,
                        new DropCounter(),
                        new BytePool(1 << 20));
        endpoint.start(System.nanoTime());
        drive(() -> events.connected != null);
    }

    static NativeClient udp(InetSocketAddress gateway, GatewayKeys keys) throws IOException {
        return new NativeClient(CarrierKind.DATAGRAM, new Udp(gateway), keys);
    }

    static NativeClient tcp(InetSocketAddress gateway, GatewayKeys keys) throws IOException {
        return new NativeClient(CarrierKind.STREAM, new Tcp(gateway), keys);
    }

    /** Sends a message and waits for one. */
    String ask(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long nowNs = System.nanoTime();
        events.session().send(0, Delivery.ORDERED, ++number, bytes, 0, bytes.length, nowNs);
        drive(() -> !events.messages.isEmpty());
        return events.messages.remove();
    }

    /** Goes on from another port. */
    void rebind() throws IOException {
        wire.rebind();
    }

    void hangUp() {
        events.session().close(CloseReason.CLIENT_CLOSED, System.nanoTime());
        turn();
    }

    /** Waits for the end of the session. */
    CloseReason closed() {
        drive(() -> events.reason != null);
        return events.reason;
    }

    private void drive(BooleanSupplier until) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (!until.getAsBoolean()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("it did not come to that; failure: " + events.failure);
            }
            turn();
        }
    }

    private void turn() {
        try {
            speak();
            byte[] packet = wire.receive();
            if (packet != null) {
                endpoint.onDatagram(GATEWAY, ByteBuffer.wrap(packet), System.nanoTime());
            }
            endpoint.onTimeout(System.nanoTime());
            speak();
        } catch (EOFException gone) {
            endpoint.onPeerGone(GATEWAY, System.nanoTime());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private void speak() throws IOException {
        for (Job job = endpoint.pollJob(); job != null; job = endpoint.pollJob()) {
            job.run();
            endpoint.onJobDone(job, System.nanoTime());
        }
        while (endpoint.pollTransmit(transmit, System.nanoTime())) {
            wire.send(transmit.bytes, transmit.length);
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    private static final class Udp implements Wire {
        private final InetSocketAddress gateway;
        private DatagramSocket socket;

        Udp(InetSocketAddress gateway) throws IOException {
            this.gateway = gateway;
            socket = open();
        }

        private static DatagramSocket open() throws IOException {
            var socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
            socket.setSoTimeout(TURN_MS);
            return socket;
        }

        @Override
        public void rebind() throws IOException {
            socket.close();
            socket = open();
        }

        @Override
        public void send(byte[] bytes, int length) throws IOException {
            socket.send(new DatagramPacket(bytes, length, gateway));
        }

        @Override
        public byte @Nullable [] receive() throws IOException {
            var packet = new DatagramPacket(new byte[2048], 2048);
            try {
                socket.receive(packet);
                return Arrays.copyOf(packet.getData(), packet.getLength());
            } catch (SocketTimeoutException silence) {
                return null;
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static final class Tcp implements Wire {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Tcp(InetSocketAddress gateway) throws IOException {
            socket = new Socket(gateway.getAddress(), gateway.getPort());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        @Override
        public void send(byte[] bytes, int length) throws IOException {
            byte[] framed = new byte[Short.BYTES + length];
            ByteBuffer.wrap(framed).putShort((short) length).put(bytes, 0, length);
            out.write(framed);
        }

        @Override
        public byte @Nullable [] receive() throws IOException {
            socket.setSoTimeout(TURN_MS);
            int high;
            try {
                high = in.readUnsignedByte();
            } catch (SocketTimeoutException silence) {
                return null;
            }
            socket.setSoTimeout(10_000);
            return in.readNBytes(high << Byte.SIZE | in.readUnsignedByte());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final class Events implements SlipgateClientEndpoint.Listener {
        private final Deque<String> messages = new ArrayDeque<>();
        private @Nullable Session connected;
        private @Nullable CloseReason reason;
        private @Nullable ConnectFailure failure;

        Session session() {
            return Objects.requireNonNull(connected);
        }

        @Override
        public void onFailed(ConnectFailure failure, long nowNs) {
            this.failure = failure;
        }

        @Override
        public void onConnected(Session session, long nowNs) {
            connected = session;
        }

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
            session.consumed(length + 64L, nowNs);
            messages.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void onDelivered(Session session, int channel, long number, long nowNs) {}

        @Override
        public void onClosed(Session session, CloseReason reason, long nowNs) {
            this.reason = reason;
        }
    }
}
