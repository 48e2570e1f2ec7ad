package dev.slipgate.sdk.echo;

import dev.slipgate.fabric.node.Receipt;
import dev.slipgate.fabric.node.SendOutcome;
import dev.slipgate.fabric.node.SendOutcome.Queued;
import dev.slipgate.fabric.node.SendOutcome.Reason;
import dev.slipgate.fabric.node.SendOutcome.Refused;
import dev.slipgate.sdk.App;
import dev.slipgate.sdk.Connection;
import dev.slipgate.sdk.Message;
import java.time.Duration;

/**
 * Sends every message back on the channel that it came on. What {@code dev} and {@code node} run
 * when no app is named.
 *
 * <p>When the connection's outbox is full it waits for the echo before to be delivered; meanwhile
 * the mailbox fills, and the client is slowed down instead of losing an echo.
 */
public final class EchoApp implements App {
    /** How long a full outbox may stand still before the connection is given up. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void onMessage(Connection connection, Message message) throws InterruptedException {
        SendOutcome outcome = connection.send(message.channel(), message.bytes());
        if (isFull(outcome) && connection.isAttached(Receipt.class)) {
            connection.attachment(Receipt.class).await(PATIENCE);
            outcome = connection.send(message.channel(), message.bytes());
        }
        switch (outcome) {
            case Queued(Receipt receipt) -> connection.attach(receipt);
            case Refused(Reason reason) -> connection.close("echo refused: " + reason);
        }
    }

    private static boolean isFull(SendOutcome outcome) {
        return outcome instanceof Refused(Reason reason) && reason == Reason.OUTBOX_FULL;
    }
}
