package dev.slipgate.protocol.mpgameserver;

import static dev.slipgate.protocol.mpgameserver.VirtualNet.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fragments of a peer that may send anything. */
class FragmentsInTest {
    private final VirtualNet net = new VirtualNet(1);
    private final RawPeer raw = new RawPeer(net, new TestPeer("raw", 1));

    @BeforeEach
    void connect() {
        raw.connect();
    }

    private void fragment(int number, int id, int index, int count, int dataLength) {
        raw.send(Wire.APP_FRAGMENT, 1, RawPeer.fragment(number, id, index, count, dataLength));
    }

    private void refused(int number, int id, int index, int count, int dataLength) {
        long before = net.dropped(DropReason.BAD_FRAGMENT);
        fragment(number, id, index, count, dataLength);
        assertThat(net.dropped(DropReason.BAD_FRAGMENT)).isEqualTo(before + 1);
        assertThat(net.serverSide.reserved).isZero();
    }

    @Test
    void fragmentsInAnyOrderMakeTheMessage() {
        fragment(12, 1, 3, 3, 7);
        fragment(10, 1, 1, 3, 1024);
        assertThat(net.serverSide.messages).isEmpty();
        fragment(11, 1, 2, 3, 1024);
        assertThat(net.serverSide.messages).hasSize(1);
        byte[] message = net.serverSide.messages.getFirst();
        assertThat(message).hasSize(2055);
        assertThat(message[0]).isEqualTo((byte) 1);
        assertThat(message[1024]).isEqualTo((byte) 2);
        assertThat(message[2048]).isEqualTo((byte) 3);
        assertThat(net.serverSide.reserved).isZero();
    }

    @Test
    void theLastFragmentMayFillThePacket() {
        fragment(10, 1, 1, 2, 1024);
        fragment(11, 1, 2, 2, 1428);
        assertThat(net.serverSide.messages.getFirst()).hasSize(2452);
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        refused(10, 1, 0, 2, 1024);
        refused(11, 1, 3, 2, 1024);
        refused(12, 1, 1, 1, 1024);
        refused(13, 1, 1, 0, 1024);
        refused(14, 1, 1, 8193, 1024);
        refused(15, 1, 1, 2, 1023);
        refused(16, 1, 1, 2, 1025);
        refused(17, 1, 2, 2, 0);
    }

    @Test
    void aMessageAboveTheLargestIsRefusedAtItsFirstFragment() {
        fragment(10, 1, 1, 257, 1024);
        fragment(400, 2, 256, 256, 1025);
        assertThat(net.dropped(DropReason.MESSAGE_TOO_LARGE)).isEqualTo(2);
        assertThat(net.serverSide.reserved).isZero();
    }

    @Test
    void theLargestMessagePasses() {
        for (int index = 1; index <= 256; index++) {
            fragment(9 + index, 1, index, 256, 1024);
        }
        assertThat(net.serverSide.messages.getFirst()).hasSize(256 * 1024);
    }

    @Test
    void aResentFragmentWithoutItsHeaderCorruptsNothing() {
        fragment(10, 1, 1, 3, 1024);
        fragment(12, 1, 3, 3, 7);
        byte[] headerless = new byte[2 + 1024];
        Wire.putU16(headerless, 0, 13);
        raw.send(Wire.APP_FRAGMENT, 1, headerless);
        assertThat(net.dropped(DropReason.BAD_FRAGMENT)).isEqualTo(1);
        // Even when its data looks like a header of the message in progress, its number tells.
        byte[] disguised = RawPeer.fragment(14, 1, 3, 3, 7);
        raw.send(Wire.APP_FRAGMENT, 1, disguised);
        assertThat(net.serverSide.messages).isEmpty();
        fragment(11, 1, 2, 3, 1024);
        assertThat(net.serverSide.messages).hasSize(1);
        assertThat(net.serverSide.messages.getFirst()[1024]).isEqualTo((byte) 2);
    }

    @Test
    void roomIsReservedForTheWholeMessageAndGivenBackWhenItExpires() {
        fragment(10, 1, 1, 4, 1024);
        assertThat(net.serverSide.reserved).isEqualTo(3 * 1024 + 1428);
        for (int i = 0; i < 69; i++) {
            raw.send(Wire.KEEP_ALIVE, 0, new byte[0]);
            net.runFor(100 * MS);
        }
        assertThat(net.dropped(DropReason.FRAGMENT_EXPIRED)).isZero();
        raw.send(Wire.KEEP_ALIVE, 0, new byte[0]);
        net.runFor(200 * MS);
        assertThat(net.dropped(DropReason.FRAGMENT_EXPIRED)).isEqualTo(1);
        assertThat(net.serverSide.reserved).isZero();
    }

    @Test
    void messagesInProgressAreBounded() {
        for (int id = 1; id <= 4; id++) {
            fragment(id * 300, id, 1, 256, 1024);
        }
        long before = net.serverSide.reserved;
        fragment(2000, 9, 1, 2, 1024);
        assertThat(net.dropped(DropReason.HOLD_FULL)).isEqualTo(1);
        assertThat(net.serverSide.reserved).isEqualTo(before);
    }

    @Test
    void bothFragmentsInOnePacketReserveOnce() {
        byte[] first = RawPeer.fragment(10, 1, 1, 2, 1024);
        byte[] second = RawPeer.fragment(11, 1, 2, 2, 5);
        byte[] payload = new byte[first.length + second.length + 6];
        int cursor = 0;
        for (byte[] part : new byte[][] {first, second}) {
            Wire.putU16(payload, cursor, part.length - 2);
            Wire.putU16(payload, cursor + 2, Wire.u16(part, 0));
            payload[cursor + 4] = Wire.APP_FRAGMENT;
            System.arraycopy(part, 2, payload, cursor + 5, part.length - 2);
            cursor += part.length + 3;
        }
        raw.send(Wire.APP_FRAGMENT, 2, payload);
        assertThat(net.serverSide.messages.getFirst()).hasSize(1029);
        assertThat(net.serverSide.reserved).isZero();
    }

    @Test
    void whatIsInProgressAtTheEndIsGivenBack() {
        fragment(10, 1, 1, 4, 1024);
        raw.send(Wire.DISCONNECT, 1, RawPeer.single(11, 0));
        assertThat(net.serverSide.closed).hasSize(1);
        assertThat(net.serverSide.reserved).isZero();
    }
}
