package dev.slipgate.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenPortTest {
    private static final String HOST = "127.0.0.1";

    @Test
    void takenPortsAreSkippedWhereTheNextFreeOneWillDo() {
        int port = ListenPort.pick(new PortChoice.NextFree(7781), HOST, "k", p -> p == 7784);

        assertThat(port).isEqualTo(7784);
    }

    @Test
    void theSearchForAFreePortHasAnEnd() {
        assertThatThrownBy(
                        () ->
                                ListenPort.pick(
                                        new PortChoice.NextFree(7781),
                                        HOST,
                                        "bus.port",
                                        p -> false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("7781", "7880", "bus.port");
    }

    @Test
    void anExactPortInUseIsAFailureThatNamesPortAndKey() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            int port = taken.getLocalPort();

            assertThatThrownBy(
                            () -> ListenPort.pick(HOST, new PortChoice.Exactly(port), "admin.port"))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContainingAll(String.valueOf(port), "in use", "admin.port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsToldAsThat() {
        assertThatThrownBy(
                        () ->
                                ListenPort.pick(
                                        "198.51.100.7", new PortChoice.Exactly(7780), "admin.port"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("198.51.100.7 is no address of this machine");
    }

    @Test
    void portZeroIsLeftToTheSystem() {
        assertThat(ListenPort.pick(HOST, new PortChoice.Exactly(0), "k")).isZero();
    }
}
