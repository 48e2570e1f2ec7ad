package dev.slipgate.fabric.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.fabric.bus.BusLane;
import dev.slipgate.fabric.bus.NumberedBatches;
import dev.slipgate.fabric.directory.Role;
import dev.slipgate.fabric.hazelcast.TestCluster.Joined;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusteredLaneTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int BATCHES = 400;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batchesCrossTheBusOnceInOrderAndWholeWithTheTapOrWithout(boolean tap) {
        try (var cluster = new TestCluster(tap)) {
            cluster.join(Role.BROKER);
            Joined gateway = cluster.join(Role.GATEWAY);
            Joined node = cluster.join(Role.NODE);
            var sender = new NumberedBatches(node.record(1).laneAddress(0));
            var receiver = new NumberedBatches("unused");
            BusLane to = open(node, node.member().vertx().getOrCreateContext(), receiver);
            Context context = gateway.member().vertx().getOrCreateContext();
            BusLane from = open(gateway, context, sender);
            // What is sent while the bus looks its way up and connects keeps its order too.
            sender.sendUpTo(BATCHES);
            context.runOnContext(unused -> from.flush());
            await().atMost(SOON).until(() -> receiver.received.size() == BATCHES);
            assertThat(receiver.received).isEqualTo(IntStream.range(0, BATCHES).boxed().toList());
            assertThat(receiver.corrupt).hasValue(0);
            assertThat(to.stats().bytesReceived()).isEqualTo(from.stats().bytesSent());
            assertThat(to.stats().batchesTapped()).isEqualTo(tap ? BATCHES : 0);

            node.crash();
            node.member().vertx().close().await();
            sender.sendUpTo(BATCHES + 10);
            context.runOnContext(unused -> from.flush());
            await().atMost(SOON).until(() -> from.stats().sendsFailed() > 0);
        }
    }

    private static BusLane open(Joined joined, Context context, NumberedBatches engine) {
        String address = joined.record(1).laneAddress(0);
        return Future.<BusLane>future(
                        done ->
                                context.runOnContext(
                                        unused ->
                                                BusLane.open(
                                                                joined.member().vertx(),
                                                                address,
                                                                engine,
                                                                System::nanoTime,
                                                                () -> {})
                                                        .onComplete(done)))
                .await();
    }
}
