package dev.slipgate.protocol.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void aLongMapAgreesWithAHashMap() {
        var random = new Random(5);
        var map = new LongMap<String>();
        Map<Long, String> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            long key = 1 + random.nextInt(3000) * 0x1_0001_0001L; // many share their low bits
            switch (random.nextInt(3)) {
                case 0 -> {
                    map.put(key, "v" + i);
                    model.put(key, "v" + i);
                }
                case 1 -> assertThat(map.remove(key)).isEqualTo(model.remove(key) != null);
                default -> assertThat(map.find(key)).isEqualTo(model.get(key));
            }
        }
        assertThat(map.size()).isEqualTo(model.size());
        assertThat(map.valuesNow()).containsExactlyInAnyOrderElementsOf(model.values());
        assertThat(map.find(0)).isNull();
        assertThat(map.remove(0)).isFalse();
    }

    @Test
    void aPoolGivesBackWhatItWasGivenAndNeverHoldsMoreThanItsBound() {
        var pool = new BytePool(4096);
        byte[] first = pool.take(200);
        assertThat(first).hasSize(256);
        pool.give(first);
        assertThat(pool.take(129)).isSameAs(first);
        for (int i = 0; i < 100; i++) {
            pool.give(new byte[256]);
        }
        assertThat(pool.retainedBytes()).isEqualTo(4096);
        assertThat(pool.take(0)).hasSize(64);
        assertThat(pool.take(1 << 20)).hasSize(1 << 20);
        pool.give(new byte[1 << 20]);
        pool.give(new byte[100]);
        assertThat(pool.retainedBytes()).isEqualTo(4096);
    }

    @Test
    void fieldsAreBigEndian() {
        byte[] bytes = new byte[16];
        BigEndian.put16(bytes, 0, 0xfffe);
        BigEndian.put32(bytes, 2, 0xf1020304);
        BigEndian.put64(bytes, 6, 0x0102030405060708L);
        BigEndian.put8(bytes, 14, 200);
        assertThat(bytes)
                .startsWith(
                        (byte) 0xff, (byte) 0xfe, (byte) 0xf1, (byte) 2, (byte) 3, (byte) 4, 1, 2);
        assertThat(BigEndian.u16(bytes, 0)).isEqualTo(0xfffe);
        assertThat(BigEndian.u32(bytes, 2)).isEqualTo(0xf1020304L);
        assertThat(BigEndian.i32(bytes, 2)).isEqualTo(0xf1020304);
        assertThat(BigEndian.i64(bytes, 6)).isEqualTo(0x0102030405060708L);
        assertThat(BigEndian.u8(bytes, 14)).isEqualTo(200);
    }
}
