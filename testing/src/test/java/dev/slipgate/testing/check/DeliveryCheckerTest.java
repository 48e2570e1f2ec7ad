package dev.slipgate.testing.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.testing.check.DeliveryChecker.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryCheckerTest {
    private static final int MESSAGES = 100;

    private final DeliveryChecker anyOrder = new DeliveryChecker(Order.ANY);
    private final DeliveryChecker asSent = new DeliveryChecker(Order.AS_SENT);
    private final List<byte[]> arriving = new ArrayList<>();

    @BeforeEach
    void sendAll() {
        for (int number = 0; number < MESSAGES; number++) {
            byte[] message = NumberedMessage.of(number, 8 + number, 42);
            anyOrder.sent(number, message);
            asSent.sent(number, message);
            arriving.add(message.clone());
        }
    }

    @Test
    void aFaithfulHistoryHasNoViolations() {
        deliver();

        assertThat(asSent.violationsAtEnd()).isEmpty();
        assertThat(asSent.outstanding()).isZero();
        assertThat(asSent.arrivals()).isEqualTo(MESSAGES);
    }

    @Test
    void aPlantedLossIsFoundAtTheEnd() {
        arriving.remove(31);
        deliver();

        assertThat(asSent.violations()).isEmpty();
        assertThat(asSent.outstanding()).isEqualTo(1);
        assertThat(asSent.violationsAtEnd()).containsExactly(new Violation.Lost(31));
    }

    @Test
    void aPlantedDuplicateIsFound() {
        arriving.add(60, arriving.get(12));
        deliver();

        assertThat(anyOrder.violations()).containsExactly(new Violation.Duplicate(12));
        assertThat(asSent.violations()).containsExactly(new Violation.Duplicate(12));
    }

    @Test
    void aPlantedSwapIsFoundOnlyWhereOrderWasPromised() {
        Collections.swap(arriving, 50, 51);
        deliver();

        assertThat(asSent.violations()).containsExactly(new Violation.OutOfOrder(50, 51));
        assertThat(anyOrder.violationsAtEnd()).isEmpty();
    }

    @Test
    void aPlantedFlippedBitIsFound() {
        byte[] message = arriving.get(20);
        message[message.length - 1] ^= 1;
        deliver();

        assertThat(anyOrder.violations()).containsExactly(new Violation.Changed(20));
    }

    @Test
    void aPlantedCutIsFound() {
        arriving.set(20, Arrays.copyOf(arriving.get(20), 27));
        deliver();

        assertThat(anyOrder.violations()).containsExactly(new Violation.Changed(20));
    }

    @Test
    void aMessageThatNobodySentIsFound() {
        arriving.add(NumberedMessage.of(5000, 30, 42));
        arriving.add(new byte[3]);
        deliver();

        assertThat(anyOrder.violations())
                .containsExactly(new Violation.NeverSent(5000), new Violation.NeverSent(-1));
    }

    @Test
    void violationsBeyondTheBoundAreCounted() {
        for (int i = 0; i < 150; i++) {
            anyOrder.arrived(-7, new byte[8]);
        }

        assertThat(anyOrder.violations()).hasSize(DeliveryChecker.MAX_KEPT_VIOLATIONS);
        assertThat(anyOrder.violationCount()).isEqualTo(150);
    }

    @Test
    void aNumberIsSentOnce() {
        assertThatThrownBy(() -> anyOrder.sent(3, new byte[8]))
                .isInstanceOf(IllegalStateException.class);
    }

    private void deliver() {
        arriving.forEach(asSent::arrived);
        arriving.forEach(anyOrder::arrived);
    }
}
