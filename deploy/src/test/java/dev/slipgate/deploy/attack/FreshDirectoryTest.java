package dev.slipgate.deploy.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start in a directory, as hasty people do it. */
@Tag("ci")
class FreshDirectoryTest {
    private static final int DEVS = 3;

    @TempDir Path directory;
    private final List<RealProcess> running = new ArrayList<>();

    @AfterEach
    void end() {
        running.forEach(RealProcess::close);
    }

    @Test
    void severalDevsAtOnceShareTheKeyThatOneOfThemMakes() throws IOException {
        for (int i = 0; i < DEVS; i++) {
            running.add(
                    RealProcess.start(
                            directory,
                            RealProcess.MAIN,
                            RealProcess.with(
                                    new String[] {"dev", "--admin-port=0"},
                                    RealProcess.ON_FREE_PORTS)));
        }
        running.forEach(RealProcess::awaitReady);

        for (String key : List.of("root.key", "gateway.key", "tls.key")) {
            assertThat(directory.resolve(".slipgate/keys").resolve(key)).isNotEmptyFile();
        }
        assertThat(running).allMatch(RealProcess::alive);
    }
}
