package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.SendResult;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.testnet.CopyingAead;
import dev.slipgate.protocol.testnet.ForwardingCrypto;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One message in and its echo out, over and over: our code makes almost no garbage. */
class SessionGarbageTest {
    private static final int SESSIONS = 50;
    private static final int WARM_UP = 100_000;
    private static final int MEASURED = 100_000;
    private static final int MAX_BYTES_PER_ECHO = 8;
    private static final long MS = 1_000_000L;

    private final Crypto crypto = new ForwardingCrypto(SessionPair.CRYPTO, CopyingAead::new);
    private final QuietEnd clientEnd = new QuietEnd(false);
    private final QuietEnd gatewayEnd = new QuietEnd(true);
    private final SlipgateSession[] clients = new SlipgateSession[SESSIONS];
    private final SlipgateSession[] gateways = new SlipgateSession[SESSIONS];
    private final Transmit out = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private final byte[] message = new byte[200];
    private long nowNs = 5_000_000_000L;
    private long number;

    private SlipgateContext context(QuietEnd end) {
        return new SlipgateContext(
                SlipgateSettings.defaults(),
                crypto,
                end,
                end,
                new DropCounter(),
                new BytePool(1 << 20),
                new Random(1));
    }

    private void connectAll(CarrierKind kind) {
        SlipgateContext up = context(clientEnd);
        SlipgateContext down = context(gatewayEnd);
        Agreed agreed = SessionPair.agreed(kind);
        for (int i = 0; i < SESSIONS; i++) {
            clients[i] =
                    new SlipgateSession(
                            i + 1,
                            Side.CLIENT,
                            SessionPair.GATEWAY,
                            SessionPair.keys(),
                            agreed,
                            up);
            gateways[i] =
                    new SlipgateSession(
                            i + 1,
                            Side.GATEWAY,
                            SessionPair.CLIENT,
                            SessionPair.keys(),
                            agreed,
                            down);
            clients[i].startAsClient(0, new byte[0], nowNs);
        }
        exchange();
    }

    private void exchange() {
        for (int i = 0; i < SESSIONS; i++) {
            pass(clients[i], gateways[i]);
            pass(gateways[i], clients[i]);
        }
    }

    private void pass(SlipgateSession from, SlipgateSession to) {
        while (from.poll(out, nowNs)) {
            to.onPacket(from.peer(), out.bytes, 0, out.length, nowNs);
        }
        from.settle(nowNs);
    }

    private void echo(int messages) {
        for (int i = 0; i < messages; i += SESSIONS) {
            number++;
            for (SlipgateSession client : clients) {
                SendResult sent = client.send(0, Delivery.ORDERED, number, message, 0, 200, nowNs);
                if (sent != SendResult.QUEUED) {
                    throw new AssertionError("message " + number + " is " + sent);
                }
            }
            exchange();
            nowNs += MS;
            for (int each = 0; each < SESSIONS; each++) {
                clients[each].onDeadline(nowNs);
                gateways[each].onDeadline(nowNs);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CarrierKind.class)
    void anEchoMakesAlmostNoGarbage(CarrierKind kind) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        connectAll(kind);
        echo(WARM_UP);
        long before = clientEnd.received;
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        echo(MEASURED);
        long perEcho = (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / MEASURED;
        assertThat(clientEnd.received - before).isEqualTo(MEASURED);
        assertThat(perEcho).isLessThanOrEqualTo(MAX_BYTES_PER_ECHO);
    }

    /** An end that echoes, or does not, and says that it has handled everything. */
    private static final class QuietEnd extends QuietListener {
        private final boolean echoes;
        private final Positions handled = new Positions();
        private long received;

        QuietEnd(boolean echoes) {
            this.echoes = echoes;
        }

        @Override
        public void onMessage(
                dev.slipgate.protocol.session.Session session,
                int channel,
                Delivery delivery,
                long number,
                byte[] bytes,
                int offset,
                int length,
                int reservedBytes,
                long nowNs) {
            received++;
            handled.reset(number);
            session.consumed(length + 64L, nowNs);
            session.deliveryAck(channel, handled, nowNs);
            if (echoes) {
                session.send(channel, delivery, number, bytes, offset, length, nowNs);
            }
        }
    }
}
