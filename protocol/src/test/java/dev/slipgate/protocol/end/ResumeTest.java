package dev.slipgate.protocol.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams taken out of one session and put into another, at any moment, lose nothing. */
class ResumeTest {
    private static final int SEEDS = 150;

    @Test
    void nothingIsLostWhereverASessionIsCut() {
        long messages = 0;
        int cuts = 0;
        int unreliable = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var run = new Run(seed);
            try {
                run.play();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed, failure);
            }
            messages += run.client.reliableSent() + run.node.reliableSent();
            cuts += run.cuts;
            unreliable += run.client.got(3) + run.node.got(2);
        }
        assertThat(messages).isGreaterThan(SEEDS * 500L);
        assertThat(cuts).isGreaterThan(SEEDS * 3);
        assertThat(unreliable).isGreaterThan(SEEDS * 10);
    }

    private static final class Run {
        private static final EndConfig CLIENT =
                new EndConfig(EndConfig.Role.CLIENT, 40_000, 20_000, 4_000);
        private static final EndConfig NODE =
                new EndConfig(EndConfig.Role.NODE, 30_000, 15_000, 4_000);

        private final Random random;
        private final TestApp client;
        private final TestApp node;
        private LossyPair pair;
        private long nowNs = 1;
        private int cuts;

        Run(long seed) {
            random = new Random(seed);
            client = new TestApp(CLIENT, random);
            node = new TestApp(NODE, random);
            pair = connect();
        }

        private LossyPair connect() {
            var next = new LossyPair(client.end, node.end, random, nowNs);
            node.end.onConnected(next.node, nowNs);
            client.end.onConnected(next.client, nowNs);
            return next;
        }

        void play() {
            for (int step = 0; step < 1500; step++) {
                nowNs += random.nextInt(8);
                pair.run(nowNs);
                if (random.nextInt(3) > 0) {
                    client.send(nowNs);
                }
                if (random.nextInt(3) > 0) {
                    node.send(nowNs);
                }
                client.handle(random.nextInt(3), nowNs);
                node.handle(random.nextInt(3), nowNs);
                if (random.nextInt(200) == 0) {
                    cutAndResume();
                }
                assertThat(client.end.unhandledBytes()).isLessThanOrEqualTo(24_064);
                assertThat(node.end.unhandledBytes()).isLessThanOrEqualTo(19_064);
            }
            settle();
            check(client, node);
            check(node, client);
        }

        private void cutAndResume() {
            pair.cut();
            cuts++;
            for (int i = random.nextInt(20); i > 0; i--) { // between sessions life goes on
                client.send(nowNs);
                node.handle(1, nowNs);
                node.send(nowNs);
                client.handle(1, nowNs);
            }
            pair = connect();
        }

        private void settle() {
            for (int i = 0; i < 5000; i++) {
                nowNs += 20;
                pair.run(nowNs);
                client.handle(10, nowNs);
                node.handle(10, nowNs);
            }
            assertThat(pair.idle()).isTrue();
        }

        private static void check(TestApp from, TestApp to) {
            assertThat(to.reliableGot()).isEqualTo(from.reliableSent());
            assertThat(from.delivered).isEqualTo(from.reliableSent());
            assertThat(from.end.outboxBytes()).isZero();
            assertThat(to.end.unhandledBytes()).isZero();
            assertThat(from.full).isFalse();
        }
    }
}
