package dev.slipgate.deploy.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipgate.protocol.mpgameserver.ClientState;
import dev.slipgate.testing.check.DeliveryChecker;
import dev.slipgate.testing.check.NumberedMessage;
import dev.slipgate.testing.player.TestPlayer;
import java.time.Duration;

/** A well-behaved client of the echo app, which must get each message back once and unchanged. */
final class EchoedClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final int SMALL_BYTES = 100;

    /** In five fragments. */
    private static final int LARGE_BYTES = 5_000;

    /** Every so many messages one is large. */
    private static final int LARGE_EVERY = 20;

    private final DeliveryChecker checker = new DeliveryChecker(DeliveryChecker.Order.ANY);
    private final TestPlayer player;
    private int sent;
    private int looked;

    EchoedClient(TestPlayer player) {
        this.player = player;
        await().atMost(PATIENCE).until(() -> player.state() == ClientState.CONNECTED);
    }

    /** Messages sent so far. */
    int sent() {
        return sent;
    }

    /** Sends the next message. */
    void send() {
        int number = sent++;
        int bytes = number % LARGE_EVERY == LARGE_EVERY - 1 ? LARGE_BYTES : SMALL_BYTES;
        byte[] message = NumberedMessage.of(number, bytes, 1);
        checker.sent(number, message);
        player.send(message);
    }

    /** Sends some more, each when all before are back, so that each makes packets of its own. */
    void exchange(int messages) {
        for (int i = 0; i < messages; i++) {
            send();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_EVERY)
                    .atMost(PATIENCE)
                    .until(() -> outstanding() == 0);
        }
        mustBeWell();
    }

    /** How many messages are not back yet. */
    int outstanding() {
        while (looked < player.received().size()) {
            checker.arrived(player.received().get(looked++));
        }
        return (int) checker.outstanding();
    }

    /** Connected still, and nothing doubled or changed. */
    void mustBeWell() {
        assertThat(player.closed()).isNull();
        assertThat(checker.violations()).isEmpty();
    }

    @Override
    public void close() {
        player.close();
    }
}
