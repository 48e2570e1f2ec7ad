package dev.slipgate.sdk.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.fabric.node.Receipt;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.fabric.node.SendOutcome.Queued;
import dev.slipgate.fabric.node.SendOutcome.Reason;
import dev.slipgate.fabric.node.SendOutcome.Refused;
import dev.slipgate.sdk.echo.EchoApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class EchoAppTest {
    private final FakeNodeConnection wire = new FakeNodeConnection(7);
    private final AppHandler handler = new AppHandler(new EchoApp(), new LiveNode("node-1"));
    private final List<Duration> waits = new ArrayList<>();

    @Test
    void aMessageComesBackOnItsChannel() {
        wire.nextOutcome = new Queued(receipt(wire.nextOutcome));
        handler.onConnect(wire, false);

        handler.onMessage(wire, 1, "x".getBytes(UTF_8), false);

        assertThat(wire.calls).containsExactly("send 1 x");
    }

    @Test
    void aFullOutboxIsWaitedForAndTheEchoIsSentAgain() {
        var room = new Queued(receipt(new Refused(Reason.CLOSED)));
        wire.nextOutcome = new Queued(receipt(room));
        handler.onConnect(wire, false);
        handler.onMessage(wire, 1, "a".getBytes(UTF_8), false);
        wire.nextOutcome = new Refused(Reason.OUTBOX_FULL);

        handler.onMessage(wire, 1, "b".getBytes(UTF_8), false);

        assertThat(wire.calls).containsExactly("send 1 a", "send 1 b", "send 1 b");
        assertThat(waits).hasSize(1);
    }

    @Test
    void anEchoThatCannotBeSentEndsTheConnection() {
        wire.nextOutcome = new Refused(Reason.TOO_LARGE);
        handler.onConnect(wire, false);

        handler.onMessage(wire, 1, "a".getBytes(UTF_8), false);

        assertThat(wire.calls)
                .containsExactly("send 1 a", "close APP_CLOSED echo refused: TOO_LARGE");
    }

    /** A receipt whose delivery makes the connection answer {@code then} to the next send. */
    private Receipt receipt(SendOutcome then) {
        return new Receipt() {
            @Override
            public State state() {
                return State.PENDING;
            }

            @Override
            public void whenSettled(Consumer<State> callback) {
                throw new UnsupportedOperationException("echo does not ask for it");
            }

            @Override
            public State await(Duration timeout) {
                waits.add(timeout);
                wire.nextOutcome = then;
                return State.DELIVERED;
            }
        };
    }
}
