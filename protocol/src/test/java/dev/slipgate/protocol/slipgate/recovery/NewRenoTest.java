package dev.slipgate.protocol.slipgate.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewRenoTest {
    private final NewReno reno = new NewReno();

    private void ack(int packets, int bytes, long sentNs) {
        for (int i = 0; i < packets; i++) {
            reno.onAcked(bytes, sentNs, reno.windowBytes());
        }
    }

    @Test
    void itBeginsWithTenDatagrams() {
        assertThat(reno.windowBytes()).isEqualTo(12_000);
        assertThat(reno.mayTake(11_999)).isTrue();
        assertThat(reno.mayTake(12_000)).isFalse();
    }

    @Test
    void slowStartGrowsByWhatArrived() {
        ack(10, 1200, 1);
        assertThat(reno.windowBytes()).isEqualTo(24_000);
    }

    @Test
    void afterALossItGrowsByADatagramPerWindow() {
        reno.onLost(1200, 1, 10);
        assertThat(reno.windowBytes()).isEqualTo(6000);
        ack(29, 200, 11);
        assertThat(reno.windowBytes()).isEqualTo(6000);
        ack(1, 200, 11);
        assertThat(reno.windowBytes()).as("small packets add up").isEqualTo(7200);
        ack(6, 1200, 11);
        assertThat(reno.windowBytes()).isEqualTo(8400);
    }

    @Test
    void whatWasSentBeforeTheRecoveryNeitherShrinksNorGrows() {
        reno.onLost(1200, 5, 10);
        reno.onLost(1200, 10, 20);
        assertThat(reno.windowBytes()).isEqualTo(6000);
        ack(100, 1200, 10);
        assertThat(reno.windowBytes()).isEqualTo(6000);
        reno.onLost(1200, 11, 20);
        assertThat(reno.windowBytes()).isEqualTo(3000);
    }

    @Test
    void itNeverFallsBelowTwoDatagrams() {
        for (int i = 0; i < 20; i++) {
            reno.onLost(1200, 2L * i, 2L * i + 1);
        }
        assertThat(reno.windowBytes()).isEqualTo(2400);
    }

    @Test
    void persistentCongestionGoesToTheSmallestAndStartsSlowlyUpToHalf() {
        reno.onLost(1200, 1, 10);
        reno.onPersistentCongestion();
        assertThat(reno.windowBytes()).isEqualTo(2400);
        ack(3, 1200, 5);
        assertThat(reno.windowBytes()).isEqualTo(6000);
        ack(4, 1200, 5);
        assertThat(reno.windowBytes()).as("a line from 6000 on").isEqualTo(6000);
    }

    @Test
    void aWindowThatIsNotUsedDoesNotGrow() {
        for (int i = 0; i < 1000; i++) {
            reno.onAcked(200, 1, 2000);
        }
        assertThat(reno.windowBytes()).isEqualTo(12_000);
        reno.onLost(1200, 1, 10);
        for (int i = 0; i < 1000; i++) {
            reno.onAcked(200, 11, 2000);
        }
        assertThat(reno.windowBytes()).isEqualTo(6000);
    }

    @Test
    void itGrowsToItsBound() {
        ack(100_000, 1200, 1);
        assertThat(reno.windowBytes()).isEqualTo(NewReno.MAX_WINDOW_BYTES);
    }

    @Test
    void aNewPathBeginsAnew() {
        reno.onLost(1200, 1, 10);
        reno.onNewPath();
        assertThat(reno.windowBytes()).isEqualTo(12_000);
        ack(1, 1200, 5);
        assertThat(reno.windowBytes()).isEqualTo(13_200);
    }

    @Test
    void unlimitedTakesAll() {
        Unlimited.INSTANCE.onLost(1200, 1, 2);
        assertThat(Unlimited.INSTANCE.mayTake(1L << 50)).isTrue();
    }
}
