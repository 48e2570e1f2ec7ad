package dev.slipgate.fabric.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryDirectoryTest {
    private static final ProcessRecord GATEWAY =
            new ProcessRecord(1, Role.GATEWAY, "gateway-1", 1, "0.1");
    private static final ProcessRecord NODE = new ProcessRecord(2, Role.NODE, "node-1", 1, "0.1");

    private final LocalRegistry registry = new LocalRegistry();
    private final InMemoryDirectory gateways = new InMemoryDirectory(registry);
    private final InMemoryDirectory nodes = new InMemoryDirectory(registry);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final DirectoryListener listener =
            new DirectoryListener() {
                @Override
                public void onUp(ProcessRecord process) {
                    heard.add("up " + process.name() + " " + process.lanes());
                }

                @Override
                public void onDown(ProcessRecord process) {
                    heard.add("down " + process.name());
                }
            };

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void aListenerHearsWhoIsThereThenEachChange() {
        nodes.announce(NODE);
        gateways.listen(listener);
        gateways.announce(GATEWAY);
        nodes.announce(NODE);
        nodes.announce(new ProcessRecord(2, Role.NODE, "node-1", 3, "0.1"));
        nodes.withdraw();
        nodes.withdraw();
        await().until(() -> heard.size() == 4);
        assertThat(heard)
                .containsExactly("up node-1 1", "up gateway-1 1", "up node-1 3", "down node-1");
        assertThat(nodes.processes()).containsExactly(GATEWAY);
    }

    @Test
    void aClosedHandleIsOutAndHearsNothingMore() {
        gateways.listen(listener);
        gateways.announce(GATEWAY);
        await().until(() -> heard.size() == 1);
        gateways.close();
        nodes.announce(NODE);
        var later = new CopyOnWriteArrayList<ProcessRecord>();
        nodes.listen(
                new DirectoryListener() {
                    @Override
                    public void onUp(ProcessRecord process) {
                        later.add(process);
                    }

                    @Override
                    public void onDown(ProcessRecord process) {}
                });
        await().until(() -> later.size() == 1);
        assertThat(heard).doesNotContain("up node-1 1");
        assertThat(nodes.processes()).containsExactly(NODE);
    }

    @Test
    void aListenerThatFailsSilencesNobody() {
        gateways.listen(
                new DirectoryListener() {
                    @Override
                    public void onUp(ProcessRecord process) {
                        throw new IllegalStateException("for the test");
                    }

                    @Override
                    public void onDown(ProcessRecord process) {}
                });
        nodes.listen(listener);
        nodes.announce(NODE);
        await().until(() -> heard.size() == 1);
    }
}
