package dev.slipgate.client.carrier;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A carrier with what drives it in a test, and all that it has received. */
final class DrivenCarrier implements AutoCloseable {
    final Carrier carrier;
    final List<byte[]> received = new ArrayList<>();

    DrivenCarrier(Carrier carrier) {
        this.carrier = carrier;
    }

    /** Drives it as a game's loop does, until the condition holds. */
    void until(BooleanSupplier condition) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(10))
                .until(
                        () -> {
                            turn();
                            return condition.getAsBoolean();
                        });
    }

    /** Drives it as a thread does, which sleeps until the selector wakes it. */
    void selectUntil(BooleanSupplier condition) throws IOException {
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (Selector selector = Selector.open()) {
            turn();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadlineNs) {
                    throw new AssertionError("not within 10 s, in state " + carrier.state());
                }
                carrier.watch(selector);
                selector.select(10_000);
                selector.selectedKeys().clear();
                turn();
            }
        }
    }

    void untilOpen() {
        until(() -> carrier.state() == Carrier.State.OPEN);
    }

    void untilClosed() {
        until(() -> carrier.state() == Carrier.State.CLOSED);
    }

    void untilReceived(int packets) {
        until(() -> received.size() >= packets);
    }

    void send(byte[] bytes) {
        until(() -> carrier.trySend(bytes, bytes.length));
        carrier.flush();
    }

    private void turn() {
        carrier.receive(
                (bytes, offset, length) ->
                        received.add(Arrays.copyOfRange(bytes, offset, offset + length)),
                16);
        carrier.flush();
    }

    @Override
    public void close() {
        carrier.close();
    }
}
