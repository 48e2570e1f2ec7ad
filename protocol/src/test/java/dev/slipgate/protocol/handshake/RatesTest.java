package dev.slipgate.protocol.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatesTest {
    private static final long MS = 1_000_000L;

    @Test
    void hostsHaveTheirOwnAllowanceAndTheTableIsBounded() {
        var rates = new HostRates(10, 2, 3);
        assertThat(rates.tryTake("a", 0)).isTrue();
        assertThat(rates.tryTake("a", 0)).isTrue();
        assertThat(rates.tryTake("a", 0)).isFalse();
        assertThat(rates.tryTake("b", 0)).isTrue();
        assertThat(rates.tryTake("a", 100 * MS)).isTrue();
        assertThat(rates.tryTake("a", 100 * MS)).isFalse();
        for (int i = 0; i < 100; i++) {
            rates.tryTake(i, 0);
        }
        assertThat(rates.size()).isEqualTo(3);
    }

    @Test
    void aBucketGrantsItsBurstThenItsRate() {
        var bucket = new TokenBucket(100, 5);
        assertThat(grantedAt(bucket, -40 * MS)).isEqualTo(5);
        assertThat(grantedAt(bucket, -20 * MS)).isEqualTo(2);
        assertThat(grantedAt(bucket, 3_600_000 * MS)).isEqualTo(5);
    }

    private static int grantedAt(TokenBucket bucket, long nowNs) {
        int granted = 0;
        while (bucket.tryTake(nowNs)) {
            granted++;
        }
        return granted;
    }
}
