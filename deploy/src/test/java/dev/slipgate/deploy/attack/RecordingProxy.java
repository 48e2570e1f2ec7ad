package dev.slipgate.deploy.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The path of one client to a gateway, that writes down every datagram and lets a test send its own
 * from the client's address as the gateway knows it.
 */
final class RecordingProxy implements AutoCloseable {
    private static final int DATAGRAM_BYTES = 2048;

    private final DatagramChannel towardsClient;
    private final DatagramChannel towardsServer;
    private volatile @Nullable SocketAddress client;
    private volatile boolean recording = true;

    /** What the client sent, in order. */
    final List<byte[]> up = new CopyOnWriteArrayList<>();

    /** What the gateway sent, in order. */
    final List<byte[]> down = new CopyOnWriteArrayList<>();

    RecordingProxy(InetSocketAddress server) throws IOException {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        towardsClient = DatagramChannel.open().bind(any);
        towardsServer = DatagramChannel.open().bind(any).connect(server);
        Thread.ofPlatform().daemon().name("proxy-up").start(() -> pump(this::passUp));
        Thread.ofPlatform().daemon().name("proxy-down").start(() -> pump(this::passDown));
    }

    /** Where the client sends to. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) towardsClient.getLocalAddress();
    }

    /** Sends a datagram as if the client had. */
    void inject(byte[] datagram) throws IOException {
        towardsServer.write(ByteBuffer.wrap(datagram));
    }

    /** Writes down nothing from here on. */
    void stopRecording() {
        recording = false;
    }

    @FunctionalInterface
    private interface Pass {
        void one(ByteBuffer buffer) throws IOException;
    }

    private static void pump(Pass pass) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
        try {
            while (true) {
                pass.one(buffer.clear());
            }
        } catch (ClosedChannelException closed) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void passUp(ByteBuffer buffer) throws IOException {
        client = towardsClient.receive(buffer);
        record(up, buffer.flip());
        towardsServer.write(buffer);
    }

    private void passDown(ByteBuffer buffer) throws IOException {
        towardsServer.read(buffer);
        record(down, buffer.flip());
        SocketAddress to = client;
        if (to != null) {
            towardsClient.send(buffer, to);
        }
    }

    private void record(List<byte[]> list, ByteBuffer datagram) {
        if (recording) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes).rewind();
            list.add(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        towardsClient.close();
        towardsServer.close();
    }
}
