package dev.slipgate.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.benchmarks.load.EchoLedger.Arrival;
import org.junit.jupiter.api.Test;

class EchoLedgerTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final EchoLedger ledger = new EchoLedger(2, 40);

    @Test
    void anEchoCountsOnceAndItsRoundTripFromWhenItWasDue() {
        byte[] message = send(0, 500);

        assertThat(arrive(0, message, 2500)).isEqualTo(Arrival.ECHO);
        assertThat(ledger.lastRttNs()).isEqualTo(2000);
        assertThat(ledger.outstanding(0)).isZero();
        assertThat(arrive(0, message, 2600)).isEqualTo(Arrival.DUPLICATE);
    }

    @Test
    void echoesInAnotherOrderAllCount() {
        byte[] first = send(0, 0);
        byte[] second = send(0, 0);

        assertThat(arrive(0, second, 10)).isEqualTo(Arrival.ECHO);
        assertThat(arrive(0, first, 10)).isEqualTo(Arrival.ECHO);
    }

    @Test
    void whatIsMissingForASecondIsLostAndItsEchoLate() {
        byte[] message = send(1, 0);

        assertThat(ledger.expire(1, SECOND_NS)).isZero();
        assertThat(ledger.expire(1, SECOND_NS + 1)).isEqualTo(1);
        assertThat(ledger.expire(1, 2 * SECOND_NS)).isZero();
        assertThat(ledger.outstanding(1)).isZero();
        assertThat(arrive(1, message, 2 * SECOND_NS)).isEqualTo(Arrival.LATE);
    }

    @Test
    void anEchoThatWasChangedIsFound() {
        byte[] message = send(0, 0);
        message[39] ^= 1;

        assertThat(arrive(0, message, 10)).isEqualTo(Arrival.CHANGED);
        assertThat(ledger.arrived(0, message, 0, 39, 10)).isEqualTo(Arrival.CHANGED);
        assertThat(ledger.outstanding(0)).isEqualTo(1);
    }

    @Test
    void anEchoOfWhatWasNeverSentIsFound() {
        byte[] message = send(0, 0);

        assertThat(arrive(1, message, 10)).isEqualTo(Arrival.CHANGED);
    }

    @Test
    void aVeryOldEchoIsADuplicate() {
        byte[] old = send(0, 0);
        arrive(0, old, 1);
        for (int i = 0; i < EchoLedger.REMEMBERED; i++) {
            arrive(0, send(0, 0), 1);
        }

        assertThat(arrive(0, old, 2)).isEqualTo(Arrival.DUPLICATE);
    }

    private byte[] send(int client, long dueNs) {
        byte[] message = ledger.next(client).clone();
        ledger.sent(client, dueNs);
        return message;
    }

    private Arrival arrive(int client, byte[] message, long nowNs) {
        return ledger.arrived(client, message, 0, message.length, nowNs);
    }
}
