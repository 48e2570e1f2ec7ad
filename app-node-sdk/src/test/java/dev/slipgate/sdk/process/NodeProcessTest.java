package dev.slipgate.sdk.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Node;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NodeProcessTest {
    private final Vertx vertx = Vertx.vertx();
    private final NotingDirectory directory = new NotingDirectory();
    private final NodeConfig config = NodeConfig.defaults("node-1", "0.1.0", 2);

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    @Test
    void aNodeIsAnnouncedOnceItsLanesListenAndWithdrawnWhenItStops() {
        NodeProcess process = start(new App() {});

        ProcessRecord self = process.self();
        assertThat(self.role()).isEqualTo(Role.NODE);
        assertThat(self.name()).isEqualTo("node-1");
        assertThat(self.processId()).isNotZero();
        assertThat(process.accepting()).isTrue();
        assertThat(process.stats().lanes()).hasSize(2);
        assertThat(directory.calls).containsExactly("listen", "announce node-1");

        process.stop().await();

        assertThat(process.accepting()).isFalse();
        assertThat(directory.calls).containsExactly("listen", "announce node-1", "withdraw");
        assertThat(vertx.deploymentIDs()).isEmpty();
        assertThat(process.stop().succeeded()).isTrue();
    }

    @Test
    void aNodeThatCannotBeAnnouncedLeavesNothingBehind() {
        directory.unreachable = true;

        assertThatThrownBy(() -> start(new App() {})).hasMessageContaining("no cluster");

        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void ticksComeAtTheConfiguredPaceOnVirtualThreadsUntilTheNodeStops() {
        var ticks = new AtomicInteger();
        var virtual = new AtomicInteger();
        long startNs = System.nanoTime();
        NodeProcess process =
                start(
                        new App() {
                            @Override
                            public void onTick(Node node, long nowNs) {
                                virtual.addAndGet(Thread.currentThread().isVirtual() ? 1 : 0);
                                ticks.incrementAndGet();
                            }
                        });

        await().until(() -> ticks.get() >= 4);
        // Beats keep their places, so that the fourth is never early, however slow the machine.
        assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(200_000_000L);
        process.stop().await();
        int atStop = ticks.get();

        assertThat(virtual).hasValue(atStop);
        assertThat(process.stats().ticks()).isEqualTo(atStop);
    }

    @Test
    void aTickThatNeverEndsIsInterruptedWhenTheNodeStops() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        NodeProcess process =
                NodeProcess.start(
                                new NodeConfig(7, "node-1", "0.1.0", 1, 1, 50, config.lane()),
                                new App() {
                                    @Override
                                    public void onTick(Node node, long nowNs) {
                                        entered.countDown();
                                        try {
                                            new CountDownLatch(1).await();
                                        } catch (InterruptedException e) {
                                            interrupted.countDown();
                                        }
                                    }
                                },
                                vertx,
                                directory)
                        .await();
        entered.await();

        process.stop().await();

        interrupted.await();
        assertThat(process.stats().ticksSkipped()).isPositive();
    }

    @Test
    void aConfigurationOutOfRangeIsRefusedWithTheRange() {
        assertThatThrownBy(() -> NodeConfig.defaults("node-1", "0.1.0", 0))
                .hasMessage("lanes is 0, and must be from 1 to 256");
    }

    private NodeProcess start(App app) {
        return NodeProcess.start(config, app, vertx, directory).await();
    }

    private static final class NotingDirectory implements Directory {
        final List<String> calls = new CopyOnWriteArrayList<>();
        boolean unreachable;

        @Override
        public void announce(ProcessRecord self) {
            if (unreachable) {
                throw new IllegalStateException("no cluster");
            }
            calls.add("announce " + self.name());
        }

        @Override
        public void withdraw() {
            calls.add("withdraw");
        }

        @Override
        public Collection<ProcessRecord> processes() {
            return List.of();
        }

        @Override
        public void listen(DirectoryListener listener) {
            calls.add("listen");
        }

        @Override
        public void close() {}
    }
}
