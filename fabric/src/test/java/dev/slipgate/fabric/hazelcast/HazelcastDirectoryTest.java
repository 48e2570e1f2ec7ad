package dev.slipgate.fabric.hazelcast;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.KeyOverlap;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.TestCluster.Joined;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    @Test
    void whoReadsAnewSeesAtOnceWhatOthersAnnouncedAndTheirKeys() throws Exception {
        cluster.join(Role.BROKER);
        Joined first = cluster.join(Role.GATEWAY);
        announce(first, List.of(10, 20));
        first.member().directory().readAnew().toCompletableFuture().get(15, SECONDS);

        Joined second = cluster.join(Role.GATEWAY);
        ProcessRecord self = record(second, List.of(30));
        assertThat(KeyOverlap.of(self, readAnew(second)))
                .isEqualTo(new KeyOverlap.None(record(first, List.of(10, 20))));
        assertThat(KeyOverlap.of(record(second, List.of(20)), readAnew(second)))
                .isInstanceOf(KeyOverlap.Partial.class);
    }

    @Test
    void ofTwoThatAnnounceAtOnceAndReadAnewOneSeesTheOther() throws Exception {
        cluster.join(Role.BROKER);
        Joined one = cluster.join(Role.GATEWAY);
        Joined other = cluster.join(Role.GATEWAY);
        for (int round = 1; round <= 20; round++) {
            announce(one, List.of(round));
            announce(other, List.of(-round));
            CompletableFuture<Collection<ProcessRecord>> readByOne =
                    one.member().directory().readAnew().toCompletableFuture();
            Collection<ProcessRecord> readByOther = readAnew(other);
            assertThat(
                            readByOne.get(15, SECONDS).contains(record(other, List.of(-round)))
                                    || readByOther.contains(record(one, List.of(round))))
                    .as("round %d", round)
                    .isTrue();
        }
    }

    @Test
    void whoReadsAnewOfAClosedDirectoryIsTold() throws Exception {
        cluster.join(Role.BROKER);
        Joined gateway = cluster.join(Role.GATEWAY);
        Directory directory = gateway.member().directory();
        directory.close();
        assertThat(directory.readAnew().toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableThat()
                .withMessageContaining("closed");
    }

    private static Collection<ProcessRecord> readAnew(Joined joined) throws Exception {
        return joined.member().directory().readAnew().toCompletableFuture().get(15, SECONDS);
    }

    private static void announce(Joined joined, List<Integer> keyIds) {
        joined.member().directory().announce(record(joined, keyIds));
    }

    private static ProcessRecord record(Joined joined, List<Integer> keyIds) {
        return new ProcessRecord(
                joined.config().processId(), Role.GATEWAY, "p 1", 1, "0.1", keyIds);
    }

    private static void announce(Joined joined, int lanes) {
        joined.member().directory().announce(joined.record(lanes));
    }
}
