package dev.slipgate.fabric.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTextTest {
    @Test
    void aRecordComesBackAsItWas() {
        var record = new ProcessRecord(-3, Role.GATEWAY, "a gateway 1", 256, "0.1.0-SNAPSHOT");
        String text = RecordText.encode(record);
        assertThat(text).isEqualTo("fffffffffffffffd GATEWAY 256 0.1.0-SNAPSHOT a gateway 1");
        assertThat(RecordText.decode(text)).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "7 NODE 1 0.1",
                "0 NODE 1 0.1 n",
                "x NODE 1 0.1 n",
                "7 ROUTER 1 0.1 n",
                "7 NODE -1 0.1 n",
                "7 NODE 257 0.1 n",
                "7 NODE one 0.1 n"
            })
    void whatIsNoRecordIsNone(String text) {
        assertThat(RecordText.decode(text)).isNull();
    }
}
