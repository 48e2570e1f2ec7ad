package dev.slipgate.fabric.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTextTest {
    @Test
    void aRecordComesBackAsItWas() {
        var record = new ProcessRecord(-3, Role.GATEWAY, "a gateway 1", 256, "0.1.0-SNAPSHOT");
        String text = RecordText.encode(record);
        assertThat(text).isEqualTo("fffffffffffffffd GATEWAY 256 0.1.0-SNAPSHOT - a gateway 1");
        assertThat(RecordText.decode(text)).isEqualTo(record);
    }

    @Test
    void theIdsOfItsKeysKeepTheirOrder() {
        var record =
                new ProcessRecord(3, Role.GATEWAY, "g 1", 1, "0.1", List.of(-2, 0x0012ab34, 0));
        String text = RecordText.encode(record);
        assertThat(text).isEqualTo("3 GATEWAY 1 0.1 fffffffe,12ab34,0 g 1");
        assertThat(RecordText.decode(text)).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "7 NODE 1 0.1",
                "7 NODE 1 0.1 n",
                "0 NODE 1 0.1 - n",
                "x NODE 1 0.1 - n",
                "7 ROUTER 1 0.1 - n",
                "7 NODE -1 0.1 - n",
                "7 NODE 257 0.1 - n",
                "7 NODE one 0.1 - n",
                "7 GATEWAY 1 0.1 1,,2 n",
                "7 GATEWAY 1 0.1 1ffffffff n",
                "7 GATEWAY 1 0.1 key n"
            })
    void whatIsNoRecordIsNone(String text) {
        assertThat(RecordText.decode(text)).isNull();
    }
}
