package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.testnet.CopyingAead;
import dev.slipgate.protocol.testnet.ForwardingCrypto;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a session costs that is there and says nothing. */
class SessionMemoryTest {
    private static final int SESSIONS = 2_000;

    /** Without its keys, which the handshake made; what was measured is 2,344. */
    private static final long MAX_BYTES = 2_400;

    private final QuietListener quiet = new QuietListener();
    private final Transmit out = new Transmit(CarrierKind.MAX_DATAGRAM_BYTES);
    private long nowNs = 5_000_000_000L;

    private SlipgateContext context() {
        return new SlipgateContext(
                SlipgateSettings.defaults(),
                new ForwardingCrypto(SessionPair.CRYPTO, CopyingAead::new),
                quiet,
                quiet,
                new DropCounter(),
                new BytePool(1 << 20),
                new Random(1));
    }

    private void pass(SlipgateSession from, SlipgateSession to) {
        while (from.poll(out, nowNs)) {
            to.onPacket(from.peer(), out.bytes, 0, out.length, nowNs);
        }
    }

    /** Counts all that a session allocates in a short life: what it keeps is no more. */
    @Test
    void aSessionThatSpokeOnceTakesLittle() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SlipgateContext up = context();
        SlipgateContext down = context();
        Agreed agreed = SessionPair.agreed(CarrierKind.DATAGRAM);
        var keys = SessionPair.keys();
        var gateways = new SlipgateSession[SESSIONS];
        long perSession = 0;
        for (int i = 0; i < SESSIONS; i++) {
            var client =
                    new SlipgateSession(i + 1, Side.CLIENT, SessionPair.GATEWAY, keys, agreed, up);
            client.startAsClient(0, new byte[0], nowNs);
            client.send(0, Delivery.ORDERED, 1, new byte[50], 0, 50, nowNs);
            var packet = new Transmit(CarrierKind.MAX_DATAGRAM_BYTES);
            client.poll(packet, nowNs);
            long before = threads.getCurrentThreadAllocatedBytes();
            gateways[i] =
                    new SlipgateSession(
                            i + 1, Side.GATEWAY, SessionPair.CLIENT, keys, agreed, down);
            gateways[i].onPacket(SessionPair.CLIENT, packet.bytes, 0, packet.length, nowNs);
            gateways[i].send(0, Delivery.ORDERED, 1, packet.bytes, 0, 50, nowNs);
            nowNs += 20_000_000;
            gateways[i].poll(packet, nowNs);
            perSession = threads.getCurrentThreadAllocatedBytes() - before;
            client.onPacket(SessionPair.GATEWAY, packet.bytes, 0, packet.length, nowNs);
            nowNs += 20_000_000;
            pass(client, gateways[i]);
        }
        assertThat(gateways[SESSIONS - 1].connected()).isTrue();
        assertThat(perSession).isLessThanOrEqualTo(MAX_BYTES);
    }
}
