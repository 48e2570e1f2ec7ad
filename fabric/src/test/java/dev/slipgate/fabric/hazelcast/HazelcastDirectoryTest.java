package dev.slipgate.fabric.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.TestCluster.Joined;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastDirectoryTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void leave() {
        cluster.close();
    }

    @Test
    void everybodyHearsWhoComesChangesWithdrawsAndCrashes() {
        Joined broker = cluster.join(Role.BROKER);
        Joined gateway = cluster.join(Role.GATEWAY);
        Joined node = cluster.join(Role.NODE);
        Joined other = cluster.join(Role.NODE);
        var early = new Heard();
        broker.member().directory().listen(early);
        announce(gateway, 1);
        announce(node, 2);
        announce(other, 1);
        await().atMost(SOON).until(() -> early.up.size() == 3);

        var late = new Heard();
        Directory directory = gateway.member().directory();
        directory.listen(late);
        await().atMost(SOON).until(() -> late.up.size() == 3);
        assertThat(directory.processes())
                .containsExactlyInAnyOrder(gateway.record(1), node.record(2), other.record(1));

        announce(node, 4);
        await().atMost(SOON).until(() -> late.up.contains(node.record(4)));
        assertThat(late.down).isEmpty();

        node.crash();
        await().atMost(SOON).until(() -> late.down.contains(node.record(4)));
        other.member().directory().withdraw();
        await().atMost(SOON).until(() -> late.down.contains(other.record(1)));
        await().atMost(SOON).until(() -> early.down.size() == 2);
        assertThat(directory.processes())
                .extracting(ProcessRecord::processId)
                .containsExactly(gateway.config().processId());
    }

    private static void announce(Joined joined, int lanes) {
        joined.member().directory().announce(joined.record(lanes));
    }
}
