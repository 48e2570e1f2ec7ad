package dev.slipgate.sdk.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class TickerTest {
    private static final long PERIOD_NS = 50_000_000L;
    private static final long START_NS = Long.MAX_VALUE - PERIOD_NS;

    private final List<Long> beats = new ArrayList<>();

    @Test
    void twentyBeatsASecondWhateverTheTimersLateness() {
        var ticker = new Ticker(PERIOD_NS, beats::add, Runnable::run, START_NS);

        // The clock wraps around on the way, as System.nanoTime may.
        for (int beat = 1; beat <= 20; beat++) {
            ticker.onTimeout(ticker.nextTimeoutNs() + beat * 1_000_000L);
        }

        assertThat(beats).hasSize(20);
        assertThat(ticker.nextTimeoutNs() - START_NS).isEqualTo(21 * PERIOD_NS);
        assertThat(ticker.skipped()).isZero();
    }

    @Test
    void anEarlyTimerDoesNothing() {
        var ticker = new Ticker(PERIOD_NS, beats::add, Runnable::run, START_NS);

        ticker.onTimeout(START_NS + PERIOD_NS - 1);

        assertThat(beats).isEmpty();
    }

    @Test
    void beatsThatWereMissedAreCountedAndNotMadeUpFor() {
        var ticker = new Ticker(PERIOD_NS, beats::add, Runnable::run, 0);

        ticker.onTimeout(10 * PERIOD_NS + 1);
        ticker.onTimeout(10 * PERIOD_NS + 2);

        assertThat(beats).containsExactly(10 * PERIOD_NS + 1);
        assertThat(ticker.skipped()).isEqualTo(9);
        assertThat(ticker.nextTimeoutNs()).isEqualTo(11 * PERIOD_NS);
    }

    @Test
    void aTickThatIsNotOverCostsTheNextOne() {
        Queue<Runnable> threads = new ArrayDeque<>();
        var ticker = new Ticker(PERIOD_NS, beats::add, threads::add, 0);

        ticker.onTimeout(PERIOD_NS);
        ticker.onTimeout(2 * PERIOD_NS);
        assertThat(threads).hasSize(1);
        Objects.requireNonNull(threads.poll()).run();
        ticker.onTimeout(3 * PERIOD_NS);

        assertThat(threads).hasSize(1);
        assertThat(ticker.skipped()).isEqualTo(1);
        assertThat(ticker.ticks()).isEqualTo(1);
    }

    @Test
    void aTickThatThrowsIsFollowedByTheNextAndLoggedOnceInARow() {
        var ticker =
                new Ticker(
                        PERIOD_NS,
                        nowNs -> {
                            beats.add(nowNs);
                            throw new IllegalStateException("the app's fault");
                        },
                        Runnable::run,
                        0);

        try (var log = new LoggedLines(Ticker.class)) {
            ticker.onTimeout(PERIOD_NS);
            ticker.onTimeout(2 * PERIOD_NS);
            assertThat(log.lines()).hasSize(1);
        }

        assertThat(beats).hasSize(2);
        assertThat(ticker.failures()).isEqualTo(2);
    }
}
