package dev.slipgate.protocol.slipgate.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.session.Redirect;
import dev.slipgate.protocol.session.Ticket;
import dev.slipgate.protocol.slipgate.recovery.ReceivedPackets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again, and nothing else is read as if it had been written. */
class FrameReaderTest {
    private static final byte[] BYTES = {10, 20, 30, 40, 50, 60};

    private final byte[] packet = new byte[2000];
    private final FrameReader reader = new FrameReader();

    private int write(Consumer<FrameWriter> frames) {
        var writer = new FrameWriter();
        writer.begin(packet, 0, packet.length);
        frames.accept(writer);
        return writer.at();
    }

    private int readFirst(Consumer<FrameWriter> frames) {
        reader.begin(packet, 0, write(frames));
        return reader.next();
    }

    private static void all(FrameWriter writer) {
        var handled = new Positions();
        handled.reset(1000);
        handled.append(1002, 2000);
        var received = new ReceivedPackets();
        for (long number = 0; number < 100; number += 3) {
            received.onReceived(number, true, 0);
        }
        var channel = new Attach.Channel(200, Delivery.SEQUENCED, 3, 9, handled, new Positions());
        var attach = new Attach(true, 7, 8, List.of(channel));
        writer.padTo(2);
        writer.tryPing();
        writer.ack(received, 1000, 5_000_000);
        writer.tryDeliveryAck(255, handled);
        writer.tryFrame(AttachWire.encode(attach, 500).getFirst());
        writer.tryFlow(1L << 40);
        writer.tryChallenge(-5);
        writer.tryResponse(5);
        writer.tryFrame(FrameWriter.token(1, new byte[500], 300, 200));
        writer.tryFrame(FrameWriter.ticket(new Ticket(60, BYTES, List.of("udp://a", "ü"))));
        writer.tryFrame(FrameWriter.redirect(new Redirect("tcp://b", BYTES)));
        writer.tryMessage(3, Delivery.UNRELIABLE, 77, BYTES, 6);
        writer.tryFragment(2, Delivery.SEQUENCED, 70_000, BYTES, 6, 2, 3);
        writer.close(12, "why");
    }

    @Test
    void everyKindIsReadAsItWasWritten() {
        reader.begin(packet, 0, write(FrameReaderTest::all));
        assertThat(reader.next()).isEqualTo(FrameKind.PING);
        assertThat(reader.next()).isEqualTo(FrameKind.ACK);
        assertThat(reader.ackRanges().count()).isEqualTo(32);
        assertThat(reader.ackRanges().largest()).isEqualTo(99);
        assertThat(reader.ackRanges().low(31)).isEqualTo(6);
        assertThat(reader.ackDelayNs()).isEqualTo(5_000_000);
        assertThat(reader.next()).isEqualTo(FrameKind.DELIVERY_ACK);
        assertThat(reader.channel()).isEqualTo(255);
        var positions = new Positions();
        reader.readPositions(positions);
        assertThat(positions.rangeTo(0)).isEqualTo(2000);
        assertThat(reader.next()).isEqualTo(FrameKind.ATTACH);
        assertThat(reader.readAttach().parts()).isEqualTo(1);
        Attach.Channel channel = reader.readAttach().content().channels().getFirst();
        assertThat(channel.channel()).isEqualTo(200);
        assertThat(channel.delivery()).isEqualTo(Delivery.SEQUENCED);
        assertThat(channel.received().rangeFrom(0)).isEqualTo(1002);
        assertThat(reader.next()).isEqualTo(FrameKind.FLOW);
        assertThat(reader.flowLimit()).isEqualTo(1L << 40);
        assertThat(reader.next()).isEqualTo(FrameKind.PATH_CHALLENGE);
        assertThat(reader.challenge()).isEqualTo(-5);
        assertThat(reader.next()).isEqualTo(FrameKind.PATH_RESPONSE);
        assertThat(reader.challenge()).isEqualTo(5);
        assertTheRest();
    }

    private void assertTheRest() {
        assertThat(reader.next()).isEqualTo(FrameKind.TOKEN);
        assertThat(reader.tokenSort()).isEqualTo(1);
        assertThat(reader.total()).isEqualTo(500);
        assertThat(reader.offsetInWhole()).isEqualTo(300);
        assertThat(reader.dataLength()).isEqualTo(200);
        assertThat(reader.next()).isEqualTo(FrameKind.TICKET);
        assertThat(reader.readTicketFrame().gateways()).containsExactly("udp://a", "ü");
        assertThat(reader.readTicketFrame().ticket()).isEqualTo(BYTES);
        assertThat(reader.next()).isEqualTo(FrameKind.REDIRECT);
        assertThat(reader.readRedirect().gateway()).isEqualTo("tcp://b");
        assertThat(reader.readRedirect().ticket()).isEqualTo(BYTES);
        assertThat(FrameKind.base(reader.next())).isEqualTo(FrameKind.MESSAGE);
        assertThat(reader.delivery()).isEqualTo(Delivery.UNRELIABLE);
        assertThat(reader.number()).isEqualTo(77);
        assertThat(data()).isEqualTo(BYTES);
        assertThat(FrameKind.base(reader.next())).isEqualTo(FrameKind.FRAGMENT);
        assertThat(reader.delivery()).isEqualTo(Delivery.SEQUENCED);
        assertThat(reader.number()).isEqualTo(70_000);
        assertThat(reader.total()).isEqualTo(6);
        assertThat(data()).containsExactly(30, 40, 50);
        assertThat(reader.next()).isEqualTo(FrameKind.CLOSE);
        assertThat(reader.closeCode()).isEqualTo(12);
        assertThat(reader.closeReason()).isEqualTo("why");
        assertThat(reader.next()).isEqualTo(FrameReader.END);
    }

    private byte[] data() {
        return Arrays.copyOfRange(
                reader.array(), reader.dataOffset(), reader.dataOffset() + reader.dataLength());
    }

    @Test
    void aPacketCutAnywhereButBetweenFramesIsBroken() {
        int end = write(FrameReaderTest::all);
        int whole = 0;
        for (int cut = 0; cut < end; cut++) {
            reader.begin(packet, 0, cut);
            int kind;
            do {
                kind = reader.next();
            } while (kind >= 0);
            whole += kind == FrameReader.END ? 1 : 0;
        }
        assertThat(whole).as("behind two PADDING and twelve frames").isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void arbitraryBytesNeverThrowAndNeverLeaveThePacket(long seed) {
        var random = new Random(seed);
        int end = write(FrameReaderTest::all);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = Arrays.copyOf(packet, end);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(end)] = (byte) random.nextInt();
            }
            if (i % 5 == 0) {
                random.nextBytes(bytes);
            }
            readAll(bytes, random.nextInt(end));
        }
    }

    private void readAll(byte[] bytes, int offset) {
        reader.begin(bytes, offset, bytes.length);
        int kind;
        while ((kind = reader.next()) >= 0) {
            switch (FrameKind.base(kind)) {
                case FrameKind.MESSAGE, FrameKind.FRAGMENT, FrameKind.TOKEN -> {
                    assertThat(reader.dataOffset() + reader.dataLength())
                            .isLessThanOrEqualTo(bytes.length);
                    assertThat(reader.offsetInWhole() + reader.dataLength())
                            .isLessThanOrEqualTo(reader.total());
                }
                case FrameKind.DELIVERY_ACK -> reader.readPositions(new Positions());
                case FrameKind.ATTACH -> reader.readAttach();
                case FrameKind.TICKET -> reader.readTicketFrame();
                case FrameKind.REDIRECT -> reader.readRedirect();
                case FrameKind.CLOSE -> reader.closeReason();
                default -> {}
            }
        }
    }

    @Test
    void onlySomeKindsElicitAnAck() {
        readFirst(writer -> writer.padTo(4));
        assertThat(reader.eliciting()).isFalse();
        readFirst(writer -> writer.close(1, ""));
        assertThat(reader.eliciting()).isFalse();
        readFirst(FrameWriter::tryPing);
        assertThat(reader.eliciting()).isTrue();
        readFirst(writer -> writer.tryFrame(new byte[] {(byte) 0x90, 1, 0}));
        assertThat(reader.eliciting()).isTrue();
    }

    @Test
    void aFrameIsWrittenWholeOrNotAtAll() {
        var writer = new FrameWriter();
        for (int room = 0; room < 12; room++) {
            writer.begin(packet, 0, room);
            boolean fits = writer.tryMessage(3, Delivery.UNRELIABLE, 77, BYTES, 6);
            assertThat(fits).isEqualTo(room >= FrameWriter.messageBytes(77, 6));
            assertThat(writer.isEmpty()).isEqualTo(!fits);
        }
    }

    @Test
    void anAckWithLittleRoomTellsItsNewestRanges() {
        var received = new ReceivedPackets();
        for (long number = 0; number < 60; number += 3) {
            received.onReceived(number, true, 0);
        }
        assertThat(readFirst(writer -> assertThat(writer.ack(received, 15, 0)).isEqualTo(6)))
                .isEqualTo(FrameKind.ACK);
        assertThat(reader.ackRanges().count()).isEqualTo(6);
        assertThat(reader.ackRanges().largest()).isEqualTo(57);
        assertThat(reader.ackRanges().low(5)).isEqualTo(42);
    }

    @Test
    void positionsWithoutRoomLoseTheirHighestRanges() {
        var handled = new Positions();
        handled.reset(9);
        for (int i = 1; i < 30; i++) {
            handled.append(10L * i + 5, 10L * i + 6);
        }
        var writer = new FrameWriter();
        writer.begin(packet, 0, 20);
        assertThat(writer.tryDeliveryAck(0, handled)).isTrue();
        reader.begin(packet, 0, writer.at());
        reader.next();
        var told = new Positions();
        reader.readPositions(told);
        assertThat(told.upTo()).isEqualTo(9);
        assertThat(told.rangeCount()).isEqualTo(8);
        assertThat(told.rangeTo(7)).isEqualTo(86);
    }

    @Test
    void utf8IsToldFromOtherBytes() {
        assertThat(isText("aöと😀")).isTrue();
        for (String bad :
                List.of("80", "c0af", "e08080", "eda080", "f4908080", "f8", "c3", "e3e3")) {
            byte[] bytes = java.util.HexFormat.of().parseHex(bad);
            assertThat(Utf8.isValid(bytes, 0, bytes.length)).as(bad).isFalse();
        }
    }

    private static boolean isText(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Utf8.isValid(bytes, 0, bytes.length);
    }
}
