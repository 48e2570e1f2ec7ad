package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.fuzz.Input;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;

/** Any bytes as the datagrams and messages of mpgameserver. */
@Tag("ci")
class DecodersFuzz {
    private static final int ALL_TYPES = PacketCursor.SERVER_TAKES | PacketCursor.CLIENT_TAKES;
    private static final int MAX_DATAGRAMS = 16;
    private static final int HELLO_BODY_BYTES =
            new Sizes(1500).helloLengthBytes() - Wire.ONLY_MESSAGE_BYTES;

    @FuzzTest(maxDuration = "25s")
    void fuzz(byte[] bytes) {
        readsMessages(bytes);
        walksPacket(new Input(bytes));
        servesStrangers(new Input(bytes));
    }

    private static void readsMessages(byte[] bytes) {
        ClientHello hello = ClientHello.decode(bytes, 0, bytes.length);
        if (hello != null) {
            assertThat(P256Spki.hasForm(hello.spki())).isTrue();
        }
        ServerHello.decode(bytes, 0, bytes.length, VirtualNet.CRYPTO, null);
        ServerHello.decode(bytes, 0, bytes.length, VirtualNet.CRYPTO, VirtualNet.ROOT.getPublic());
        ChallengeResponse.says(1, bytes, 0, bytes.length);
    }

    private static void walksPacket(Input input) {
        var cursor = new PacketCursor();
        int type = input.u8() % 16;
        int count = input.u8();
        byte[] plain = input.rest();
        cursor.start(plain, plain.length, type, count);
        if (cursor.check(ALL_TYPES) != null) {
            return;
        }
        int messages = 0;
        while (cursor.next()) {
            assertThat(cursor.offset() + cursor.length()).isLessThanOrEqualTo(plain.length);
            messages++;
        }
        assertThat(messages).isEqualTo(count);
    }

    private static void servesStrangers(Input input) {
        MpServerEndpoint server =
                new MpServerEndpoint(
                        MpServerConfig.defaults(),
                        VirtualNet.CRYPTO,
                        VirtualNet.ROOT.getPrivate(),
                        VirtualNet.ROOT.getPublic().getEncoded(),
                        new Random(1),
                        new RecordingListener(),
                        new DropCounter(),
                        new BytePool(0),
                        VirtualNet.EPOCH_NS,
                        0);
        var out = new Transmit(2048);
        long nowNs = 0;
        long heardBytes = 0;
        for (int i = 0; i < MAX_DATAGRAMS && !input.atEnd(); i++) {
            byte[] datagram = datagram(input);
            heardBytes += datagram.length;
            server.onDatagram(new TestPeer("stranger", i % 3), ByteBuffer.wrap(datagram), nowNs);
            Job job;
            while ((job = server.pollJob()) != null) {
                job.run();
                server.onJobDone(job, nowNs);
            }
            while (server.pollTransmit(out, nowNs)) {
                heardBytes -= out.length;
            }
            nowNs += VirtualNet.MS * input.u8();
            server.onTimeout(nowNs);
            assertThat(heardBytes).isNotNegative();
            assertThat(server.sessionCount()).isZero();
        }
    }

    /** Anything, or something of any type with a right length and a right CRC. */
    private static byte[] datagram(Input input) {
        int form = input.u8();
        byte[] body = input.bytes(input.u16() % 1400);
        if ((form & 0x80) == 0) {
            return body;
        }
        long seconds = VirtualNet.EPOCH_NS / 1_000_000_000L;
        int type = form % 16;
        byte[] padded = Arrays.copyOf(body, (form & 0x40) != 0 ? HELLO_BODY_BYTES : body.length);
        return PlainPacket.encode(Wire.MAGIC_TO_SERVER, seconds, input.u8(), type, padded);
    }
}
