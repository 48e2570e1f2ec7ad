package dev.slipgate.deploy.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bench measures goes through the crypto. */
@Tag("ci")
class WrongKeyBenchTest {
    @ParameterizedTest
    @CsvSource({
        "slipgate, the gateway does not hold the pinned key",
        "mpgameserver, the server's signature is not by the root key"
    })
    void aBenchThatPinsAKeyThatNobodyHasFails(String protocol, String reason) throws Exception {
        try (ToolRun bench =
                ToolRun.slipgate(
                        "bench",
                        "--protocol=" + protocol,
                        "--wrong-key",
                        "--no-yardsticks",
                        "--clients=4",
                        "--rounds=1",
                        "--seconds=2",
                        "--warm-up=1")) {
            assertThat(bench.await(Duration.ofMinutes(3))).isPositive();
            assertThat(bench.output()).contains(reason);
        }
    }
}
