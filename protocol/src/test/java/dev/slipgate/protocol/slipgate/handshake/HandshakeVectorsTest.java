package dev.slipgate.protocol.slipgate.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.vectors.VectorFile;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/wire-vectors/handshake.json}: made by this code, and read by it as it says. */
class HandshakeVectorsTest {
    private final HandshakeVectors made = new HandshakeVectors();

    @Test
    void theFileIsWhatTheCodeMakes() throws IOException {
        VectorFile file = made.file();
        file.checkOrRewrite();
    }

    @Test
    void everyVectorReadsAsItSays() {
        for (Map<String, Object> vector : made.file().vectors()) {
            byte[] bytes = HexFormat.of().parseHex((String) vector.get("bytes"));
            String verdict =
                    "gateway".equals(vector.get("reader"))
                            ? new VectorReader(made).readByGateway(bytes)
                            : new VectorReader(made).readByClient(bytes);
            assertThat(verdict)
                    .as(String.valueOf(vector.get("name")))
                    .isEqualTo(vector.get("verdict"));
        }
    }

    @Test
    void theWholeHandshakeYieldsTheRecordedBytes() {
        assertThat(new VectorReader(made).answerTo(made.plainInit())).isEqualTo(made.accepted());
    }
}
