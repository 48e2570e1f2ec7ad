package dev.slipgate.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The bytes on the link's wire, fixed: releases N and N-1 work together. */
class FrameWireTest {
    private static final long CONNECTION = 0x0102030405060708L;
    private final byte[] bytes = new byte[512];
    private final FrameWriter writer = new FrameWriter();
    private final FrameReader reader = new FrameReader();

    private String written(Consumer<FrameWriter> frame) {
        writer.begin(bytes, 0, bytes.length);
        frame.accept(writer);
        reader.begin(bytes, 0, writer.position());
        assertThat(reader.next()).isEqualTo(FrameReader.Step.FRAME);
        return HexFormat.of().formatHex(bytes, 0, writer.position());
    }

    @Test
    void theHeaderOfABatchHasItsGoldenBytes() {
        var header = new BatchHeader();
        header.kind = LinkWire.BATCH_FRAMES;
        header.version = 1;
        header.senderLane = 2;
        header.receiverLane = 3;
        header.senderProcess = 0x1111111111111111L;
        header.receiverProcess = 0x2222222222222222L;
        header.attachCount = 5;
        header.number = 6;
        header.ack = 7;
        header.write(bytes, 0);
        assertThat(HexFormat.of().formatHex(bytes, 0, LinkWire.HEADER_BYTES))
                .isEqualTo(
                        "030100020003000011111111111111112222222222222222"
                                + "000000000000000500000000000000060000000000000007");
        var read = new BatchHeader();
        assertThat(read.read(bytes, 0, LinkWire.HEADER_BYTES)).isTrue();
        assertThat(read).usingRecursiveComparison().isEqualTo(header);
        assertThat(read.read(bytes, 0, LinkWire.HEADER_BYTES - 1)).isFalse();
    }

    @Test
    void helloHasItsGoldenBytes() {
        var hello = new HelloBody(1, 2, 3, 0x100000, 0x200000);
        hello.write(bytes, 0);
        assertThat(HexFormat.of().formatHex(bytes, 0, HelloBody.BYTES))
                .isEqualTo("0001000200000000000000030010000000200000");
        assertThat(HelloBody.read(bytes, 0, HelloBody.BYTES)).isEqualTo(hello);
        assertThat(HelloBody.read(bytes, 0, HelloBody.BYTES - 1)).isNull();
    }

    @Test
    void openHasItsGoldenBytes() {
        assertThat(written(w -> w.open(CONNECTION, 1, 2, 3, 4096, "mp", "1.2.3.4:5", "ann")))
                .isEqualTo(
                        "01002e0102030405060708000000010000000200000003"
                                + "0000000000001000026d7009312e322e332e343a350003616e6e");
        assertThat(reader.dialect()).isEqualTo("mp");
        assertThat(reader.address()).isEqualTo("1.2.3.4:5");
        assertThat(reader.identity()).isEqualTo("ann");
        assertThat(reader.downLimitBytes()).isEqualTo(4096);
        assertThat(reader.generation()).isEqualTo(1);
        assertThat(reader.epoch()).isEqualTo(2);
        assertThat(reader.capabilities()).isEqualTo(3);
    }

    @Test
    void dataHasItsGoldenBytesWholeAndInFragments() {
        byte[] message = {10, 11, 12};
        int whole = LinkWire.FLAG_FIRST | LinkWire.FLAG_LAST | LinkWire.FLAG_UNIT_END;
        assertThat(
                        written(
                                w ->
                                        w.data(
                                                CONNECTION,
                                                1,
                                                whole,
                                                Delivery.RELIABLE,
                                                9,
                                                3,
                                                message,
                                                0,
                                                3)))
                .isEqualTo("0200150102030405060708011700000000000000090a0b0c");
        assertThat(reader.whole()).isTrue();
        assertThat(reader.unitEnd()).isTrue();
        assertThat(reader.delivery()).isEqualTo(Delivery.RELIABLE);
        assertThat(reader.number()).isEqualTo(9);
        assertThat(
                        written(
                                w ->
                                        w.data(
                                                CONNECTION,
                                                1,
                                                LinkWire.FLAG_FIRST,
                                                Delivery.ORDERED,
                                                9,
                                                70_000,
                                                message,
                                                0,
                                                2)))
                .isEqualTo("02001801020304050607080101000000000000000900011170" + "0a0b");
        assertThat(reader.firstOfMany()).isTrue();
        assertThat(reader.totalLength()).isEqualTo(70_000);
        assertThat(reader.dataLength()).isEqualTo(2);
    }

    @Test
    void theSmallFramesHaveTheirGoldenBytes() {
        var positions = new Positions();
        positions.add(1);
        positions.add(3);
        positions.add(4);
        assertThat(written(w -> w.deliveryAck(CONNECTION, 1, LinkWire.FLAG_UNIT_END, positions)))
                .isEqualTo(
                        "03002301020304050607080104000000000000000101"
                                + "00000000000000030000000000000004");
        assertThat(reader.upTo()).isEqualTo(1);
        assertThat(reader.rangeFrom(0)).isEqualTo(3);
        assertThat(reader.rangeTo(0)).isEqualTo(4);
        var read = new Positions();
        reader.handled(read);
        assertThat(read).usingRecursiveComparison().isEqualTo(positions);
        assertThat(written(w -> w.credit(CONNECTION, 65536)))
                .isEqualTo("04001001020304050607080000000000010000");
        assertThat(reader.limitBytes()).isEqualTo(65536);
        assertThat(written(w -> w.close(CONNECTION, 3, "bye")))
                .isEqualTo("05000e0102030405060708000303627965");
        assertThat(reader.closeCode()).isEqualTo(3);
        assertThat(reader.closeDetail()).isEqualTo("bye");
        assertThat(written(w -> w.heartbeat(258, true))).isEqualTo("0600050000010201");
        assertThat(reader.load()).isEqualTo(258);
        assertThat(reader.accepting()).isTrue();
        assertThat(written(w -> w.quality(CONNECTION, 1, 2, 3, 4, 5, 6))).startsWith("070038");
        assertThat(reader.count(5)).isEqualTo(6);
    }

    @Test
    void aFrameThatDoesNotFitIsNotWritten() {
        writer.begin(bytes, 0, 20);
        assertThat(writer.credit(CONNECTION, 1)).isTrue();
        assertThat(writer.credit(CONNECTION, 1)).isFalse();
        assertThat(writer.position()).isEqualTo(19);
    }

    @Test
    void unknownKindsOfTheReservedRangeAreSkippedAndOthersAreNot() {
        bytes[0] = (byte) LinkWire.SKIPPED_FROM;
        bytes[2] = 2;
        writer.begin(bytes, 5, bytes.length);
        writer.heartbeat(1, false);
        reader.begin(bytes, 0, writer.position());
        assertThat(reader.next()).isEqualTo(FrameReader.Step.FRAME);
        assertThat(reader.kind()).isEqualTo(LinkWire.HEARTBEAT);
        assertThat(reader.next()).isEqualTo(FrameReader.Step.END);
        bytes[0] = 99;
        reader.begin(bytes, 0, writer.position());
        assertThat(reader.next()).isEqualTo(FrameReader.Step.BROKEN);
    }

    @Test
    void arbitraryBytesNeverLeaveTheirBounds() {
        var random = new Random(11);
        int frames = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] junk = new byte[random.nextInt(90)];
            random.nextBytes(junk);
            if (junk.length > 3 && random.nextInt(4) > 0) { // often a plausible head
                junk[0] = (byte) (1 + random.nextInt(7));
                junk[1] = 0;
                junk[2] = (byte) (junk.length - 3);
            }
            reader.begin(junk, 0, junk.length);
            while (reader.next() == FrameReader.Step.FRAME) {
                frames++;
                readAll(junk.length);
            }
        }
        assertThat(frames).isGreaterThan(1000);
    }

    private void readAll(int limit) {
        switch (reader.kind()) {
            case LinkWire.OPEN ->
                    assertThat(reader.dialect() + reader.address() + reader.identity())
                            .hasSizeLessThan(limit);
            case LinkWire.DATA -> {
                assertThat(reader.dataLength()).isNotNegative();
                assertThat(reader.dataOffset() + reader.dataLength()).isLessThanOrEqualTo(limit);
            }
            case LinkWire.DELIVERY_ACK -> {
                long[] ranges = new long[reader.rangeCount()];
                Arrays.setAll(ranges, i -> reader.rangeFrom(i) + reader.rangeTo(i));
                reader.handled(new Positions());
            }
            case LinkWire.CLOSE -> assertThat(reader.closeDetail()).isNotNull();
            case LinkWire.HEARTBEAT -> assertThat(reader.load() + 1L).isNotEqualTo(reader.load());
            case LinkWire.CREDIT -> assertThat(reader.limitBytes()).isNotNegative();
            default -> assertThat(reader.count(5) ^ 1).isNotEqualTo(reader.count(5));
        }
    }
}
