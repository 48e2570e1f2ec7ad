package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What bench measures goes through the crypto. */
@Tag("ci")
class WrongKeyBenchTest {
    @Test
    void aBenchThatPinsAKeyThatNobodyHasFails() throws Exception {
        try (ToolRun bench =
                ToolRun.slipgate(
                        "bench",
                        "--wrong-key",
                        "--no-yardsticks",
                        "--clients=4",
                        "--rounds=1",
                        "--seconds=2",
                        "--warm-up=1")) {
            assertThat(bench.await(Duration.ofMinutes(3))).isPositive();
            assertThat(bench.output()).contains("the server's signature is not by the root key");
        }
    }
}
