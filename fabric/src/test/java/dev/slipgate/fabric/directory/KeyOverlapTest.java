package dev.slipgate.fabric.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOverlapTest {
    private static final ProcessRecord SELF = gateway(1, 10, 20);

    @Test
    void theSameKeysInAnotherOrderAreTheSame() {
        assertThat(KeyOverlap.of(SELF, List.of(SELF, gateway(2, 20, 10))))
                .isEqualTo(new KeyOverlap.Whole());
    }

    @Test
    void oneInCommonWithEachIsPartOfThem() {
        ProcessRecord ahead = gateway(2, 20, 30);
        ProcessRecord behind = gateway(3, 10);
        assertThat(KeyOverlap.of(SELF, List.of(ahead, gateway(4, 10, 20), behind)))
                .isEqualTo(new KeyOverlap.Partial(List.of(ahead, behind)));
    }

    @Test
    void noneInCommonWithOneIsNoneWhateverTheOthersHave() {
        ProcessRecord stranger = gateway(3, 30);
        assertThat(KeyOverlap.of(SELF, List.of(gateway(2, 10, 20), gateway(4, 20), stranger)))
                .isEqualTo(new KeyOverlap.None(stranger));
    }

    @Test
    void whoHasNoKeysDoesNotMatter() {
        ProcessRecord node = new ProcessRecord(5, Role.NODE, "node", 1, "0.1");
        assertThat(KeyOverlap.of(SELF, List.of(gateway(2), node)))
                .isEqualTo(new KeyOverlap.Whole());
        assertThat(KeyOverlap.of(gateway(2), List.of(SELF))).isEqualTo(new KeyOverlap.Whole());
        assertThat(KeyOverlap.of(SELF, List.of())).isEqualTo(new KeyOverlap.Whole());
    }

    private static ProcessRecord gateway(long id, Integer... keyIds) {
        return new ProcessRecord(id, Role.GATEWAY, "gateway-" + id, 1, "0.1", List.of(keyIds));
    }
}
