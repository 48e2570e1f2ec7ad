package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.noise.NkInitiator;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.Job;
import org.jspecify.annotations.Nullable;

/** The client's second costly part: opens a RESPONSE. One at a time. */
final class InitiatorOpenJob implements Job {
    private final NkInitiator initiator;
    private final byte[] message2;
    private byte @Nullable [] payload;

    InitiatorOpenJob(InitiatorStartJob start, byte[] message2) {
        this.initiator = start.initiator();
        this.message2 = message2;
    }

    @Override
    public void run() {
        try {
            payload = initiator.readMessage2(message2);
        } catch (RuntimeException e) {
            // The provider refused: as if it did not open.
            payload = null;
        }
    }

    /** What the gateway says; null when the packet did not open. */
    byte @Nullable [] payload() {
        return payload;
    }

    /** The session's keys. Only when {@link #payload} is not null. */
    TransportKeys keys() {
        return initiator.transportKeys();
    }
}
