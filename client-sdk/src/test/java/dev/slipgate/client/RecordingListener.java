package dev.slipgate.client;

import dev.slipgate.protocol.CloseReason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
class RecordingListener implements ClientListener {
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<byte[]> messages = new CopyOnWriteArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    private void tell(String what) {
        told.add(what);
        threads.add(Thread.currentThread());
    }

    @Override
    public void onConnected(SlipgateClient client) {
        tell("connected");
    }

    @Override
    public void onConnectFailed(SlipgateClient client, ConnectOutcome.Failed outcome) {
        tell("failed " + outcome.getClass().getSimpleName());
    }

    @Override
    public void onMessage(SlipgateClient client, int channel, byte[] bytes) {
        threads.add(Thread.currentThread());
        messages.add(bytes);
    }

    @Override
    public void onWritable(SlipgateClient client) {
        tell("writable");
    }

    @Override
    public void onReconnecting(
            SlipgateClient client, CloseReason reason, int attempt, long delayMs) {
        tell("reconnecting " + reason + " " + attempt);
    }

    @Override
    public void onClosed(SlipgateClient client, CloseReason reason) {
        tell("closed " + reason);
    }
}
