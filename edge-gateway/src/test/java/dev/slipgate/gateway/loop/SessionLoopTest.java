package dev.slipgate.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.carrier.PacketCarrier;
import dev.slipgate.gateway.carrier.PacketSink;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SessionLoopTest {
    private static final PeerAddress PEER = () -> "peer";

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop eventLoop = group.next();
    private final JobPool jobs = new JobPool(1, 1);
    private final SessionLoop loop = new SessionLoop(eventLoop, System::nanoTime, jobs);
    private final ToyEndpoint endpoint = new ToyEndpoint();

    /** What happened, in order: {@code send}, {@code flush} and {@code bus}. */
    private final List<String> log = new CopyOnWriteArrayList<>();

    private @Nullable PacketSink sink;

    @BeforeEach
    void connect() {
        loop.add(
                endpoint,
                2048,
                to -> {
                    sink = to;
                    return new LoggingCarrier();
                });
        loop.flushBusBy(() -> log.add("bus"));
    }

    @AfterEach
    void stop() {
        jobs.close();
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    @Test
    void aBurstIsAnsweredWithOneFlushAndThenTheBusHasItsTurn() {
        burst("a", "b", "c");
        assertThat(log).containsExactly("send", "send", "send", "flush", "bus");
    }

    @Test
    void aBurstWithoutAnswersFlushesNothingButTheBus() {
        burst();
        assertThat(log).containsExactly("bus");
    }

    @Test
    void whatTheBusBringsIsSentAndTheBusFlushesItself() {
        onLoop(() -> deliver("a"));
        onLoop(loop::onBusInput);
        assertThat(log).containsExactly("send", "flush");
    }

    @Test
    void sessionsAreCountedForOtherThreads() {
        assertThat(loop.sessionCount()).isZero();
        burst("a", "b");
        assertThat(loop.sessionCount()).isEqualTo(1);
    }

    @Test
    void aTimerFiresAtTheDeadlineAndNotBefore() {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30);
        endpoint.deadlineNs = deadlineNs;
        burst("a");
        await().until(() -> endpoint.timeoutAtNs != ToyEndpoint.NEVER);
        assertThat(endpoint.timeoutAtNs).isGreaterThanOrEqualTo(deadlineNs);
    }

    @Test
    void anEarlierDeadlineTakesTheTimerOverAndALaterOneWaitsItsTime() {
        endpoint.deadlineNs = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
        burst("a");
        endpoint.deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        burst("a");
        long laterNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        onLoop(() -> endpoint.deadlineNs = laterNs);
        await().until(() -> endpoint.timeoutAtNs != ToyEndpoint.NEVER);
        assertThat(endpoint.timeoutAtNs).isGreaterThanOrEqualTo(laterNs);
    }

    @Test
    void aJobRunsElsewhereAndItsOutcomeIsSentByTheLoop() {
        var ranOn = new CopyOnWriteArrayList<Thread>();
        endpoint.work = () -> ranOn.add(Thread.currentThread());
        burst("j");
        await().until(() -> log.contains("send"));
        assertThat(ranOn).hasSize(1);
        assertThat(eventLoop.inEventLoop(ranOn.getFirst())).isFalse();
        assertThat(eventLoop.inEventLoop(endpoint.jobDoneOn)).isTrue();
    }

    @Test
    void aFailingJobComesBackToo() {
        endpoint.work =
                () -> {
                    throw new IllegalStateException("a job must not, but did");
                };
        burst("j");
        await().until(() -> log.contains("send"));
        assertThat(jobs.stats()).isEqualTo(new JobPool.Stats(1, 1, 0, 0));
    }

    @Test
    void jobsBeyondTheBoundWaitInTheEndpointAndAllRun() {
        int many = JobPool.MAX_JOBS_PER_ENDPOINT + 10;
        var gate = new CountDownLatch(1);
        endpoint.work = () -> awaitQuietly(gate);
        String[] datagrams = new String[many];
        Arrays.fill(datagrams, "j");
        burst(datagrams);
        onLoop(() -> assertThat(endpoint.pollJob()).as("the bound's next").isNotNull());
        assertThat(jobs.stats().boundReached()).isEqualTo(1);

        gate.countDown();
        await().until(() -> jobs.stats().done() == many - 1);
        await().until(() -> log.stream().filter("send"::equals).count() == many - 1);
        assertThat(jobs.stats().refused()).isZero();
    }

    @Test
    void aTurnSendsAtMostItsBoundAndTheRestFollowsByItself() {
        int many = EndpointDriver.MAX_TRANSMITS_PER_TURN + 1;
        String[] datagrams = new String[many];
        Arrays.fill(datagrams, "a");
        burst(datagrams);
        await().until(() -> log.stream().filter("send"::equals).count() == many);
        assertThat(log.subList(EndpointDriver.MAX_TRANSMITS_PER_TURN, log.size()))
                .containsSequence("flush", "bus", "send", "flush", "bus");
    }

    @Test
    void closingSaysGoodbyeAndHearsNothingAfter() {
        burst("a");
        log.clear();
        onLoop(() -> loop.close(CloseReason.GATEWAY_STOPPING));
        assertThat(log).containsExactly("send", "flush", "bus");
        assertThat(loop.sessionCount()).isZero();

        burst("a");
        onLoop(loop::onBusInput);
        assertThat(log).hasSize(3);
        assertThat(endpoint.sessionCount()).isZero();
    }

    private void burst(String... datagrams) {
        onLoop(
                () -> {
                    for (String datagram : datagrams) {
                        deliver(datagram);
                    }
                    Objects.requireNonNull(sink).onBurstEnd();
                });
    }

    private void deliver(String datagram) {
        byte[] bytes = datagram.getBytes(StandardCharsets.US_ASCII);
        Objects.requireNonNull(sink).onPacket(PEER, ByteBuffer.wrap(bytes));
    }

    private void onLoop(Runnable work) {
        eventLoop.submit(work).syncUninterruptibly();
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private final class LoggingCarrier implements PacketCarrier {
        @Override
        public boolean trySend(PeerAddress peer, byte[] bytes, int length) {
            log.add("send");
            return true;
        }

        @Override
        public void flush() {
            log.add("flush");
        }
    }
}
