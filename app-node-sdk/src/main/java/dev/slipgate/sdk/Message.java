package dev.slipgate.sdk;

import java.nio.charset.StandardCharsets;

/** One message of a client, whole. */
public final class Message {
    private final int channel;
    private final byte[] bytes;
    private final boolean redelivered;

    /**
     * @param channel the channel it came on, 0 to 255; messages of mpgameserver clients come on 1
     * @param bytes its content, which may be empty; not copied
     * @param redelivered whether a handler may have run for it before, on a node that then died
     */
    public Message(int channel, byte[] bytes, boolean redelivered) {
        this.channel = channel;
        this.bytes = bytes;
        this.redelivered = redelivered;
    }

    /** The channel it came on, 0 to 255: an answer that goes back on it keeps its delivery mode. */
    public int channel() {
        return channel;
    }

    /** Its content: no copy, and the app's to keep and to change. */
    public byte[] bytes() {
        return bytes;
    }

    /** Its content read as UTF-8; malformed parts become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether a handler may have run for it before: handling is at least once. */
    public boolean redelivered() {
        return redelivered;
    }

    @Override
    public String toString() {
        return "Message[channel="
                + channel
                + ", "
                + bytes.length
                + " bytes"
                + (redelivered ? ", redelivered]" : "]");
    }
}
