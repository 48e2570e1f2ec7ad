package dev.slipgate.protocol.session.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.session.Endpoint;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final long MS = 1_000_000L;

    @Test
    void timersFireOnceAndNeverLate() {
        var random = new Random(4);
        var wheel = new TimerWheel();
        long[] fired = new long[500];
        long[] due = new long[500];
        long startNs = -3_000 * MS;
        for (int i = 0; i < due.length; i++) {
            int index = i;
            due[i] = startNs + random.nextInt(5_000) * MS + random.nextInt(1_000_000);
            arm(wheel, fired, due, index, startNs);
        }
        for (long now = startNs; now <= startNs + 5_100 * MS; now = wheel.nextNs()) {
            wheel.advance(now);
            if (wheel.nextNs() == Endpoint.NEVER) {
                break;
            }
            assertThat(wheel.nextNs()).isGreaterThan(now);
        }
        for (int i = 0; i < due.length; i++) {
            assertThat(fired[i]).isBetween(due[i], due[i] + TimerWheel.TICK_NS);
        }
        assertThat(wheel.nextNs()).isEqualTo(Endpoint.NEVER);
    }

    private static void arm(TimerWheel wheel, long[] fired, long[] due, int index, long nowNs) {
        var node =
                new TimerNode() {
                    @Override
                    protected void onTimer(long firedAtNs) {
                        if (firedAtNs < due[index]) {
                            wheel.arm(this, due[index], firedAtNs);
                        } else {
                            assertThat(fired[index]).isZero();
                            fired[index] = firedAtNs;
                        }
                    }
                };
        wheel.arm(node, due[index] + 50 * MS, nowNs);
        wheel.arm(node, due[index], nowNs);
    }
}
