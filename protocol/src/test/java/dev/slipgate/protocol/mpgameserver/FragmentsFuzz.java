package dev.slipgate.protocol.mpgameserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipgate.protocol.fuzz.Input;
import dev.slipgate.protocol.memory.BytePool;
import org.junit.jupiter.api.Tag;

/** Any fragments in any order: messages are put together within their bounds, or not at all. */
@Tag("ci")
class FragmentsFuzz {
    private static final int MAX_FRAGMENTS = 200;
    private static final SessionSettings SETTINGS = SessionSettings.serverDefaults();
    private static final Sizes SIZES = new Sizes(SETTINGS.mtuBytes());

    private final PacketCursor cursor = new PacketCursor();

    @FuzzTest(maxDuration = "15s")
    void fuzz(byte[] bytes) {
        var input = new Input(bytes);
        boolean checksBase = input.u8() % 2 == 0;
        var fragments = new FragmentsIn(SETTINGS, SIZES, new BytePool(0), checksBase);
        long nowNs = 0;
        for (int i = 0; i < MAX_FRAGMENTS && !input.atEnd(); i++) {
            step(fragments, input, nowNs);
            nowNs += VirtualNet.MS * input.u16();
            while (fragments.pollExpired(nowNs) != null) {
                assertThat(fragments.size()).isNotNegative();
            }
        }
        while (fragments.poll() != null) {
            assertThat(fragments.size()).isNotNegative();
        }
        assertThat(fragments.size()).isZero();
    }

    private void step(FragmentsIn fragments, Input input, long nowNs) {
        byte[] packet = packet(input);
        cursor.start(packet, packet.length, Wire.APP_FRAGMENT, 1);
        if (cursor.check(PacketCursor.SERVER_TAKES) != null || !cursor.next()) {
            return;
        }
        int room = fragments.roomNeeded(cursor);
        assertThat(room).isBetween(FragmentsIn.FULL, SETTINGS.maxMessageBytes());
        if (room < 0) {
            return;
        }
        Reassembly whole = fragments.take(cursor, nowNs);
        assertThat(fragments.size()).isLessThanOrEqualTo(SETTINGS.maxReassemblies());
        if (whole != null) {
            assertThat(whole.complete()).isTrue();
        }
    }

    /** Number, id, index and count by the input; the length is a right one, or any. */
    private static byte[] packet(Input input) {
        int form = input.u8();
        int length =
                switch (form & 3) {
                    case 0 -> SIZES.fragmentDataBytes();
                    case 1 -> SIZES.maxLastFragmentDataBytes();
                    default -> input.u8();
                };
        byte[] packet = new byte[Wire.ONLY_MESSAGE_BYTES + Wire.FRAGMENT_HEADER_BYTES + length];
        boolean wide = (form & 4) != 0;
        Wire.putU16(packet, 0, wide ? input.u16() : 1 + input.u8());
        Wire.putU16(packet, 2, input.u8() % 8);
        Wire.putU16(packet, 4, wide ? input.u16() : input.u8() % 8);
        Wire.putU16(packet, 6, wide ? input.u16() : input.u8() % 8);
        return packet;
    }
}
