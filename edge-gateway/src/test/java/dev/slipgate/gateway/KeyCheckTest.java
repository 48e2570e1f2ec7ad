package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.InMemoryDirectory;
import dev.slipgate.fabric.directory.LocalRegistry;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.gateway.loop.ToyEndpoint;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.runtime.health.HealthChecks;
import dev.slipgate.runtime.lifecycle.ExitCode;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KeyCheckTest {
    private static final int OLD = 0xaaaa0001;
    private static final int NEW = 0x00bb0002;
    private static final int OTHER = 3;

    private final LocalRegistry registry = new LocalRegistry();
    private final InMemoryDirectory directory = new InMemoryDirectory(registry);
    private final HealthChecks health = new HealthChecks();

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void aGatewayTellsTheClusterItsKeys() {
        try (var fixture = fixture(directory, NEW, OLD)) {
            assertThat(fixture.gateway.self().keyIds()).containsExactly(NEW, OLD);
            assertThat(directory.processes()).containsExactly(fixture.gateway.self());
        }
    }

    @Test
    void aGatewayThatSharesNoKeyIsRefusedWithBothAndWhatToDo() {
        thereIs(gateway(1, NEW, OLD));
        thereIs(gateway(2, OTHER, NEW));

        assertThatThrownBy(() -> fixture(directory, OLD))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
                            assertThat(failure.lines()).hasSize(1);
                        })
                .hasMessageContainingAll(
                        "this gateway has aaaa0001",
                        "gateway gateway-2 has 00000003, 00bb0002",
                        "gateway.key-files");
        assertThat(directory.processes())
                .extracting(ProcessRecord::name)
                .containsExactly("gateway-1", "gateway-2");
        assertThat(health.isReady()).isFalse();
    }

    @Test
    void oneKeyInCommonIsEnoughAndGatewaysWithoutKeysDoNotMatter() {
        thereIs(gateway(1, NEW, OLD));
        thereIs(gateway(2));
        try (var fixture = fixture(directory, OLD, OTHER)) {
            assertThat(directory.processes()).contains(fixture.gateway.self());
            assertThat(health.isReady()).isTrue();
        }
    }

    @Test
    void aGatewayThatCameAtTheSameTimeWithOtherKeysIsFoundOnceBothAreAnnounced() {
        var racing =
                new ForwardingDirectory(directory) {
                    @Override
                    public void announce(ProcessRecord self) {
                        thereIs(gateway(1, OTHER));
                        super.announce(self);
                    }
                };
        assertThatThrownBy(() -> fixture(racing, OLD))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("gateway-1 has 00000003");
        assertThat(directory.processes())
                .extracting(ProcessRecord::name)
                .containsExactly("gateway-1");
        assertThat(health.isReady()).isFalse();
    }

    private GatewayFixture fixture(Directory of, Integer... keyIds) {
        return new GatewayFixture(new ToyDialect(), 0, of, health, List.of(keyIds));
    }

    private void thereIs(ProcessRecord process) {
        new InMemoryDirectory(registry).announce(process);
    }

    private static ProcessRecord gateway(long id, Integer... keyIds) {
        return new ProcessRecord(id, Role.GATEWAY, "gateway-" + id, 1, "0.1", List.of(keyIds));
    }

    private static final class ToyDialect implements EndpointFactory {
        @Override
        public Endpoint create(Parts parts) {
            return new ToyEndpoint();
        }

        @Override
        public String crypto() {
            return "toy";
        }
    }

    private static class ForwardingDirectory implements Directory {
        private final Directory other;

        ForwardingDirectory(Directory other) {
            this.other = other;
        }

        @Override
        public void announce(ProcessRecord self) {
            other.announce(self);
        }

        @Override
        public void withdraw() {
            other.withdraw();
        }

        @Override
        public Collection<ProcessRecord> processes() {
            return other.processes();
        }

        @Override
        public void listen(DirectoryListener listener) {
            other.listen(listener);
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
