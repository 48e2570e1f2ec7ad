package dev.slipgate.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void thePageSaysWhatTheCodeDeclares() throws IOException {
        if (Boolean.getBoolean("slipgate.rewriteDocs")) {
            Files.writeString(PAGE, ConfigReference.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dslipgate.rewriteDocs=true to write the page")
                .isEqualTo(ConfigReference.markdown());
    }
}
