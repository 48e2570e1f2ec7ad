package dev.slipgate.fabric.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.TestCluster.Joined;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClusterMemberTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void leave() {
        cluster.close();
    }

    @Test
    void whoComesBeforeItsBrokerWaitsForIt() {
        CompletableFuture<Joined> gateway = cluster.joinSoon(Role.GATEWAY);
        CompletableFuture<Joined> node = cluster.joinSoon(Role.NODE);
        await().during(Duration.ofMillis(600)).until(() -> !gateway.isDone() && !node.isDone());
        cluster.join(Role.BROKER);
        Joined first = gateway.join();
        Joined second = node.join();
        await().atMost(SOON)
                .until(() -> first.member().hazelcast().getCluster().getMembers().size() == 3);
        assertThat(first.member().brokers()).isEqualTo(1);
        assertThat(first.member().busAddress()).isNotEqualTo(second.member().busAddress());
        assertThat(first.member().hazelcastAddress()).startsWith("127.0.0.1:");
    }

    @Test
    void aBrokerOfAnotherClusterIsNamedAndRefused() {
        cluster.join(Role.BROKER);
        for (Role role : new Role[] {Role.GATEWAY, Role.NODE}) {
            assertThatThrownBy(() -> ClusterMember.join(cluster.config(role, "other")))
                    .isInstanceOf(JoinFailure.class)
                    .hasMessageContaining("'other'")
                    .hasMessageContaining("'" + cluster.name + "'")
                    .hasMessageContaining("set cluster.name alike")
                    .hasMessageContaining("127.0.0.1:" + cluster.brokerPort);
        }
    }

    @Test
    void aBrokersPortInUseIsAClearFailure() throws IOException {
        try (var taken =
                new ServerSocket(cluster.brokerPort, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> cluster.join(Role.BROKER))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(JoinFailure.class)
                    .hasMessageContaining("TCP port " + cluster.brokerPort)
                    .hasMessageContaining("cluster.hazelcast-port");
        }
    }

    // Half a minute: Hazelcast looks for other clusters every 5 s, and merges in several rounds.
    @Tag("ci")
    @Test
    void theDirectoryGoesOnWithoutBrokersAndRecoversWhenTheyReturn() {
        Joined broker = cluster.join(Role.BROKER);
        Joined gateway = cluster.join(Role.GATEWAY);
        Joined node = cluster.join(Role.NODE);
        var heard = new Heard();
        gateway.member().directory().announce(gateway.record(1));
        node.member().directory().announce(node.record(2));
        gateway.member().directory().listen(heard);
        await().atMost(SOON).until(() -> heard.up.size() == 2);

        broker.crash();
        await().atMost(SOON).until(() -> gateway.member().brokers() == 0);
        assertThat(gateway.member().directory().processes())
                .extracting(ProcessRecord::processId)
                .contains(node.config().processId());

        cluster.join(Role.BROKER);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.member().hazelcast().getCluster().getMembers().size() == 3);
        Joined newcomer = cluster.join(Role.NODE);
        newcomer.member().directory().announce(newcomer.record(1));
        await().atMost(SOON).until(() -> heard.up.contains(newcomer.record(1)));
        var newcomersView = new Heard();
        newcomer.member().directory().listen(newcomersView);
        await().atMost(SOON).until(() -> newcomersView.up.size() == 3);
        assertThat(heard.down).isEmpty();
    }
}
