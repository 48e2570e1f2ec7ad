package dev.slipgate.client;

import dev.slipgate.protocol.channel.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message that came, whole. Thread-safe but for its bytes. */
public final class ReceivedMessage {
    private final int channel;
    private final Delivery delivery;
    private final byte[] bytes;
    private final Runnable onHandled;
    private final AtomicBoolean handled = new AtomicBoolean();

    ReceivedMessage(int channel, Delivery delivery, byte[] bytes, Runnable onHandled) {
        this.channel = channel;
        this.delivery = delivery;
        this.bytes = bytes;
        this.onHandled = onHandled;
    }

    /** The channel it came on, 0 to 255. */
    public int channel() {
        return channel;
    }

    /** The channel's delivery mode. */
    public Delivery delivery() {
        return delivery;
    }

    /** Its content: the listener's to keep and to change. */
    public byte[] bytes() {
        return bytes;
    }

    /** Its content read as UTF-8; malformed parts become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Says that the application is through with it: the node may forget it, and may send as much
     * more. Done by the client itself when the callback returns, unless {@link
     * ClientOptions#explicitAck} is set. Harmless when repeated; any thread.
     */
    public void handled() {
        if (handled.compareAndSet(false, true)) {
            onHandled.run();
        }
    }
}
