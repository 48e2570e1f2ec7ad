package dev.slipgate.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.memorynet.MemoryEnd;
import dev.slipgate.protocol.memorynet.MemoryMode;
import dev.slipgate.protocol.memorynet.MemoryNetwork;
import io.netty.channel.DefaultEventLoop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryListenerTest {
    private static final byte[] KEY = new byte[32];

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final MemoryNetwork network = new MemoryNetwork();
    private final Recorder sink = new Recorder();
    private final MemoryListener listener = new MemoryListener(network, "a", MemoryMode.STREAM);
    private final PacketCarrier carrier = listener.addLoop(loop, sink);

    /** What the loop was told, as text. */
    private static final class Recorder implements PacketSink {
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());
        private volatile PeerAddress peer = () -> "nobody";

        @Override
        public void onPacket(PeerAddress from, ByteBuffer packet) {
            peer = from;
            told.add("packet " + packet.get(packet.position()));
        }

        @Override
        public void onBurstEnd() {
            told.add("end");
        }

        @Override
        public void onPeerGone(PeerAddress from) {
            told.add("gone");
        }

        @Override
        public void onPeerWritable(PeerAddress from, boolean writable) {
            told.add("writable " + writable);
        }
    }

    @AfterEach
    void stop() {
        listener.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whatAClientSendsIsABurstOnTheLoop() throws Exception {
        listener.start(KEY);
        var mayGoOn = new CountDownLatch(1);
        loop.execute(() -> awaitUninterrupted(mayGoOn));
        MemoryEnd client = connect();
        send(client, 1);
        send(client, 2);
        mayGoOn.countDown();

        await().untilAsserted(() -> assertThat(sink.told).contains("packet 2"));
        assertThat(sink.told).containsSubsequence("packet 1", "packet 2", "end");
    }

    @Test
    void moreThanABurstComesInSeveral() {
        listener.start(KEY);
        var mayGoOn = new CountDownLatch(1);
        loop.execute(() -> awaitUninterrupted(mayGoOn));
        MemoryEnd client = connect();
        for (int i = 0; i < 100; i++) {
            send(client, i);
        }
        mayGoOn.countDown();

        await().untilAsserted(() -> assertThat(sink.told).contains("packet 99"));
        assertThat(sink.told.indexOf("end")).isBetween(0, sink.told.indexOf("packet 64"));
    }

    @Test
    void aClientThatDoesNotReadMakesItsStreamUnwritableUntilItReads() throws Exception {
        listener.start(KEY);
        MemoryEnd client = connect();
        send(client, 1);
        await().until(() -> sink.told.contains("packet 1"));

        loop.submit(
                        () -> {
                            while (!sink.told.contains("writable false")) {
                                assertThat(carrier.trySend(sink.peer, new byte[16384], 16384))
                                        .isTrue();
                            }
                        })
                .get();
        while (client.poll() != null) {
            // Until the queue is empty.
        }

        await().until(() -> sink.told.contains("writable true"));
    }

    @Test
    void whoHangsUpIsGoneBehindItsLastPacket() {
        listener.start(KEY);
        MemoryEnd client = connect();
        send(client, 7);
        client.close();

        await().until(() -> sink.told.contains("gone"));
        assertThat(sink.told).containsSubsequence("packet 7", "gone", "end");
    }

    @Test
    void aStreamThatTheEndpointClosesEndsForTheClientToo() {
        listener.start(KEY);
        MemoryEnd client = connect();
        send(client, 7);
        await().until(() -> sink.told.contains("packet 7"));

        loop.execute(() -> carrier.closeStream(sink.peer));

        await().until(() -> !client.open());
        await().until(() -> sink.told.contains("gone"));
    }

    @Test
    void itsClientsAreClosedWithIt() {
        listener.start(KEY);
        MemoryEnd client = connect();

        listener.close();

        await().until(() -> !client.open());
        assertThat(network.connect("a", MemoryMode.STREAM, () -> {})).isNull();
    }

    private MemoryEnd connect() {
        return Objects.requireNonNull(network.connect("a", MemoryMode.STREAM, () -> {}));
    }

    private static void send(MemoryEnd end, int value) {
        assertThat(end.trySend(new byte[] {(byte) value}, 0, 1)).isTrue();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
