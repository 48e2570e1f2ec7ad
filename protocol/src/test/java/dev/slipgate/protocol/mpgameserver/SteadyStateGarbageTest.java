package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionListener;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.testnet.CopyingAead;
import dev.slipgate.protocol.testnet.ForwardingCrypto;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One message in and its echo out, over and over: our code makes almost no garbage. */
class SteadyStateGarbageTest {
    private static final int SESSIONS = 50;
    private static final int WARM_UP = 100_000;
    private static final int MEASURED = 100_000;
    private static final int MAX_BYTES_PER_ECHO = 8;

    private static final class Echo implements SessionListener {
        private long number;

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
                long sentNumber,
                byte[] bytes,
                int offset,
                int length,
                int reservedBytes,
                long nowNs) {
            session.send(channel, Delivery.RELIABLE, ++number, bytes, offset, length, nowNs);
        }

        @Override
        public void onDelivered(Session session, int channel, long number, long nowNs) {}

        @Override
        public void onClosed(Session session, CloseReason reason, long nowNs) {}
    }

    /** Counts what comes back. */
    private static final class Sink extends RecordingListener {
        long received;

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
            received++;
        }

        @Override
        public void onDelivered(Session session, int channel, long number, long nowNs) {}
    }

    private final Crypto crypto = new ForwardingCrypto(VirtualNet.CRYPTO, CopyingAead::new);
    private final DropCounter drops = new DropCounter();
    private final Random random = new Random(1);
    private final Sink sink = new Sink();
    private final MpServerEndpoint server =
            new MpServerEndpoint(
                    MpServerConfig.defaults()
                            .withSession(SessionSettings.serverDefaults().withPacingIntervalNs(0)),
                    crypto,
                    VirtualNet.ROOT.getPrivate(),
                    VirtualNet.ROOT.getPublic().getEncoded(),
                    random,
                    new Echo(),
                    drops,
                    new BytePool(1 << 20),
                    VirtualNet.EPOCH_NS,
                    0);
    private final MpClient[] clients = new MpClient[SESSIONS];
    private final TestPeer[] peers = new TestPeer[SESSIONS];
    private final Transmit out = new Transmit(2048);
    private final ByteBuffer wire = ByteBuffer.wrap(out.bytes);
    private final byte[] message = new byte[200];
    private long nowNs;

    private void exchange() {
        for (int i = 0; i < SESSIONS; i++) {
            MpClient client = clients[i];
            while (client.pollTransmit(out, nowNs)) {
                server.onDatagram(peers[i], wire.limit(out.length).position(0), nowNs);
            }
        }
        while (server.pollTransmit(out, nowNs)) {
            int client = out.peer instanceof TestPeer peer ? peer.port() : 0;
            clients[client].onDatagram(
                    VirtualNet.SERVER, wire.limit(out.length).position(0), nowNs);
        }
    }

    private void connectAll() {
        for (int i = 0; i < SESSIONS; i++) {
            peers[i] = new TestPeer("client", i);
            clients[i] =
                    new MpClient(
                            MpClientConfig.unpaced(),
                            crypto,
                            random,
                            sink,
                            drops,
                            new BytePool(1 << 16),
                            VirtualNet.EPOCH_NS);
            clients[i].connect(VirtualNet.SERVER, null, nowNs);
        }
        for (int round = 0; round < 10; round++) {
            for (MpClient client : clients) {
                runJob(client);
            }
            exchange();
            for (int i = 0; i < SESSIONS; i++) {
                runJob(server);
            }
            exchange();
        }
        assertThat(server.sessionCount()).isEqualTo(SESSIONS);
    }

    private void runJob(Endpoint endpoint) {
        var job = endpoint.pollJob();
        if (job != null) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
    }

    private void echo(int messages) {
        for (int i = 0; i < messages; i += SESSIONS) {
            for (MpClient client : clients) {
                client.send(RetryMode.RETRY_ON_TIMEOUT, i + 1, message, 0, 200, nowNs);
            }
            exchange();
            nowNs += 2_000_000;
            server.onTimeout(nowNs);
            for (MpClient client : clients) {
                if (client.nextTimeoutNs() <= nowNs) {
                    client.onTimeout(nowNs);
                }
            }
        }
    }

    @Test
    void anEchoMakesAlmostNoGarbage() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        connectAll();
        echo(WARM_UP);
        long before = sink.received;
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        echo(MEASURED);
        long perEcho = (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / MEASURED;
        assertThat(sink.received - before).isEqualTo(MEASURED);
        assertThat(perEcho).isLessThanOrEqualTo(MAX_BYTES_PER_ECHO);
    }
}
