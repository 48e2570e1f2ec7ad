package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long MS = 1_000_000;
    private static final long WINDOW = 120_000;
    private static final long RTT_NS = 100 * MS;

    private final Pacer pacer = new Pacer();

    private long readyAtNs(long nowNs) {
        return pacer.readyAtNs(1200, WINDOW, RTT_NS, nowNs);
    }

    private void drain(long nowNs) {
        while (readyAtNs(nowNs) == nowNs) {
            pacer.onSent(1200);
        }
    }

    @Test
    void tenPacketsLeaveAtOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(readyAtNs(5)).as("packet %d", i).isEqualTo(5);
            pacer.onSent(1200);
        }
        assertThat(readyAtNs(5)).isGreaterThan(5);
    }

    @Test
    void thenTheyLeaveAtFiveQuartersOfTheWindowPerRoundTrip() {
        drain(0);
        // 1200 bytes at 1.25 * 120,000 bytes per 100 ms
        assertThat(readyAtNs(0)).isCloseTo(800_000L, within(1L));
        long nowNs = 0;
        int sent = 0;
        while (nowNs < 1000 * MS) {
            nowNs = readyAtNs(nowNs);
            if (readyAtNs(nowNs) == nowNs) {
                pacer.onSent(1200);
                sent++;
            }
        }
        assertThat(sent).isBetween(1245, 1255);
    }

    @Test
    void askingOftenLosesNothing() {
        drain(0);
        for (long nowNs = 1; nowNs < 800_000; nowNs += 7) {
            assertThat(readyAtNs(nowNs)).isGreaterThan(nowNs);
        }
        assertThat(readyAtNs(800_002)).isEqualTo(800_002);
    }

    @Test
    void idleTimeFillsTheBucketOnceAndNotMore() {
        drain(0);
        long laterNs = 3_600_000 * MS;
        int burst = 0;
        while (readyAtNs(laterNs) == laterNs) {
            pacer.onSent(1200);
            burst++;
        }
        assertThat(burst).isEqualTo(10);
    }

    @Test
    void aFastPathHasABurstOfTwoMilliseconds() {
        int burst = 0;
        while (pacer.readyAtNs(1200, WINDOW, MS, 0) == 0) {
            pacer.onSent(1200);
            burst++;
        }
        assertThat(burst).isEqualTo((int) (2 * 1.25 * WINDOW / 1200));
    }

    @Test
    void whatMayNotWaitMakesaBoundedDebt() {
        drain(0);
        for (int i = 0; i < 1000; i++) {
            pacer.onSent(1200);
        }
        assertThat(readyAtNs(0)).isLessThanOrEqualTo(11 * 800_000L);
    }

    @Test
    void noWindowAndNoRoundTripAreNoBound() {
        for (int i = 0; i < 1000; i++) {
            assertThat(pacer.readyAtNs(1200, Long.MAX_VALUE, 0, 0)).isZero();
            pacer.onSent(1200);
        }
    }
}
