package dev.slipgate.fabric.hazelcast;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;

/** Members of one cluster inside this JVM, on free ports, under a name that nobody else has. */
final class TestCluster implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    final String name = "test-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    final int brokerPort = freePort();
    private final boolean busTap;
    private final int firstMemberPort = freePort();
    private final ConcurrentLinkedDeque<ClusterMember> members = new ConcurrentLinkedDeque<>();

    TestCluster() {
        this(false);
    }

    TestCluster(boolean busTap) {
        this.busTap = busTap;
    }

    ClusterConfig config(Role role) {
        return config(role, name);
    }

    ClusterConfig config(Role role, String clusterName) {
        return new ClusterConfig(
                clusterName,
                role,
                ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE),
                List.of(new BrokerAddress(HOST, brokerPort)),
                HOST,
                role == Role.BROKER
                        ? PortSpan.exactly(brokerPort)
                        : PortSpan.upFrom(firstMemberPort),
                HOST,
                PortSpan.upFrom(firstMemberPort + 100),
                1,
                busTap);
    }

    Joined join(Role role) {
        return joinSoon(role).join();
    }

    CompletableFuture<Joined> joinSoon(Role role) {
        ClusterConfig config = config(role);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        ClusterMember member = ClusterMember.join(config);
                        members.addFirst(member);
                        return new Joined(config, member);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Room above for those who take the next free one.
            return Math.min(socket.getLocalPort(), 65_000);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        members.forEach(ClusterMember::close);
    }

    record Joined(ClusterConfig config, ClusterMember member) {
        ProcessRecord record(int lanes) {
            return new ProcessRecord(config.processId(), config.role(), "p 1", lanes, "0.1");
        }

        void crash() {
            member.hazelcast().getLifecycleService().terminate();
        }
    }
}
