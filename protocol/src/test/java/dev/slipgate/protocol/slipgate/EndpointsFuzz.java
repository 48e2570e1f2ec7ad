package dev.slipgate.protocol.slipgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.fuzz.Input;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import dev.slipgate.protocol.testnet.NetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;

/**
 * A gateway's endpoint and a client's, which are told anything that strangers may say, some of it
 * nearly right: no exception, no session, nothing kept, and no more said than was heard.
 */
@Tag("ci")
class EndpointsFuzz {
    private static final long STEP_NS = 100_000_000L;
    private static final int MAX_PACKETS = 64;
    private static final int INIT_BYTES = 1200;
    private static final int MAX_HANDSHAKES = 4;

    /** What packets begin with, so that the fuzzer need not guess it. */
    private static final byte[] MAGIC = {'S', 'L', 'G', 'P'};

    private final Transmit out = new Transmit(CarrierKind.MAX_STREAM_PACKET_BYTES);
    private long nowNs = STEP_NS;
    private long heardBytes;
    private long saidBytes;

    @FuzzTest(maxDuration = "25s")
    void fuzz(byte[] bytes) {
        new EndpointsFuzz().run(bytes); // the fuzzer's instance is always the same
    }

    private void run(byte[] bytes) {
        var input = new Input(bytes);
        CarrierKind kind = CarrierKind.values()[input.u8() % 2];
        SlipgateServerEndpoint server = server(kind);
        SlipgateClientEndpoint client = client(kind);
        client.start(nowNs);
        drain(client);
        for (int i = 0; i < MAX_PACKETS && !input.atEnd(); i++) {
            byte[] packet = packet(input);
            NetAddress from = new NetAddress("stranger", 1 + input.u8() % 8);
            hear(server, from, packet);
            client.onDatagram(EndpointNet.GATEWAY, ByteBuffer.wrap(packet.clone()), nowNs);
            drain(client);
            nowNs += STEP_NS * (input.u8() % 8);
            server.onTimeout(nowNs);
            client.onTimeout(nowNs);
            checkServer(server);
            assertThat(client.sessionCount()).isZero();
        }
    }

    /** A clear packet of some kind, a sealed one, or what the input says. */
    private static byte[] packet(Input input) {
        int form = input.u8();
        byte[] body = input.bytes(input.u16() % 1300);
        int length = (form & 0x80) != 0 ? INIT_BYTES : body.length;
        byte[] packet = Arrays.copyOf(body, length);
        if ((form & 0x40) != 0 && length >= MAGIC.length) {
            System.arraycopy(MAGIC, 0, packet, 0, MAGIC.length);
        }
        if ((form & 0x20) != 0 && length >= 12) {
            int id = EndpointNet.KEY.id();
            ByteBuffer.wrap(packet).put(5, (byte) 1).putShort(6, (short) 0).putInt(8, id);
        }
        return packet;
    }

    private void hear(SlipgateServerEndpoint server, NetAddress from, byte[] packet) {
        heardBytes += packet.length;
        server.onDatagram(from, ByteBuffer.wrap(packet.clone()), nowNs);
        drain(server);
    }

    private void checkServer(SlipgateServerEndpoint server) {
        assertThat(server.sessionCount()).isZero();
        assertThat(server.handshakeCount()).isLessThanOrEqualTo(MAX_HANDSHAKES);
        drain(server);
        assertThat(saidBytes).isLessThanOrEqualTo(heardBytes);
    }

    private void drain(Endpoint endpoint) {
        Job job;
        while ((job = endpoint.pollJob()) != null) {
            job.run();
            endpoint.onJobDone(job, nowNs);
        }
        while (endpoint.pollTransmit(out, nowNs)) {
            saidBytes += endpoint instanceof SlipgateServerEndpoint ? out.length : 0;
        }
        while (endpoint.pollStreamToClose() != null) {
            heardBytes += 0; // told once each
        }
    }

    private static SlipgateServerEndpoint server(CarrierKind kind) {
        var limits = HandshakeLimits.defaults().withMax(MAX_HANDSHAKES, MAX_HANDSHAKES);
        return new SlipgateServerEndpoint(
                SlipgateServerConfig.defaults().withHandshakes(limits),
                kind,
                EndpointNet.CRYPTO,
                EndpointNet.KEYS,
                EndpointNet.NAME,
                token -> new dev.slipgate.protocol.session.TokenVerifier.Verdict.Refused(""),
                new Random(1),
                new QuietListener(),
                new DropCounter(),
                new BytePool(0),
                0,
                0,
                new byte[16]);
    }

    private static SlipgateClientEndpoint client(CarrierKind kind) {
        return new SlipgateClientEndpoint(
                SlipgateClientConfig.defaults(),
                kind,
                EndpointNet.CRYPTO,
                EndpointNet.KEY.publicKey().bytes(),
                new byte[0],
                EndpointNet.GATEWAY,
                new Random(1),
                new Recorder(),
                new DropCounter(),
                new BytePool(0));
    }
}
