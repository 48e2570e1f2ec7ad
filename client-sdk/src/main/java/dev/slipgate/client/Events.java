package dev.slipgate.client;

import dev.slipgate.client.SendOutcome.DeliveryState;
import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.end.SessionEnd;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told to the application, in order. Filled under the client's lock and run outside
 * of it, so that a callback may wait for another thread that sends. Bounded by what a turn reads,
 * and by the credit that messages need.
 */
final class Events {
    private final SlipgateClient client;
    private final ClientListener listener;
    private final boolean explicitAck;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    /** Messages that overtook the news that the client is connected. */
    private final ArrayDeque<Runnable> early = new ArrayDeque<>();

    private boolean connected;

    Events(SlipgateClient client, ClientOptions options) {
        this.client = client;
        this.listener = options.listener();
        this.explicitAck = options.explicitAck();
    }

    @Nullable Runnable poll() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void connected() {
        connected = true;
        waiting.add(
                () -> {
                    client.outcome(new ConnectOutcome.Connected());
                    listener.onConnected(client);
                });
        waiting.addAll(early);
        early.clear();
    }

    void connectFailed(ConnectOutcome.Failed outcome) {
        ended();
        waiting.add(
                () -> {
                    client.outcome(outcome);
                    listener.onConnectFailed(client, outcome);
                });
    }

    void message(SessionEnd end, int channel, Delivery delivery, long number, byte[] bytes) {
        var message =
                new ReceivedMessage(
                        channel,
                        delivery,
                        bytes,
                        () -> client.handled(end, channel, number, bytes.length));
        (connected ? waiting : early).add(() -> tell(message));
    }

    private void tell(ReceivedMessage message) {
        try {
            listener.onMessage(client, message);
        } finally {
            if (!explicitAck) {
                message.handled();
            }
        }
    }

    void settled(@Nullable Object tag, DeliveryState state) {
        if (tag instanceof CompletableFuture<?> delivery) {
            @SuppressWarnings("unchecked") // the one kind of tag that is given to an end
            var future = (CompletableFuture<DeliveryState>) delivery;
            waiting.add(() -> future.complete(state));
        }
    }

    void writable() {
        waiting.add(() -> listener.onWritable(client));
    }

    void reconnecting(CloseReason reason, int attempt, long delayMs) {
        ended();
        waiting.add(() -> listener.onReconnecting(client, reason, attempt, delayMs));
    }

    void closed(CloseReason reason) {
        ended();
        waiting.add(() -> listener.onClosed(client, reason));
    }

    private void ended() {
        connected = false;
        early.clear();
    }
}
