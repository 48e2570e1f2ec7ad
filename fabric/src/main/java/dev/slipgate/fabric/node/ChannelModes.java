package dev.slipgate.fabric.node;

import dev.slipgate.protocol.channel.Delivery;
import java.util.Arrays;

/**
 * In which mode a connection's channels send: fixed by a declaration, by what the client sends on
 * them, or by the first send; whichever comes first. Any thread; reading takes no lock.
 */
final class ChannelModes {
    /** Per channel 0, or one more than the ordinal of its mode; replaced whole at each change. */
    private volatile byte[] modes = {};

    /** Fixes a mode; false when the channel has another one already. */
    boolean declare(int channel, Delivery delivery) {
        return fix(channel, delivery) == delivery;
    }

    /** The mode of a channel that is being sent on. */
    Delivery ofSending(int channel) {
        return fix(channel, Delivery.ofChannel(channel));
    }

    private Delivery fix(int channel, Delivery wanted) {
        byte[] now = modes;
        int fixed = channel < now.length ? now[channel] : 0;
        return fixed != 0 ? Delivery.of(fixed - 1) : fixSlowly(channel, wanted);
    }

    private synchronized Delivery fixSlowly(int channel, Delivery wanted) {
        byte[] next = Arrays.copyOf(modes, Math.max(modes.length, channel + 1));
        if (next[channel] == 0) {
            next[channel] = (byte) (wanted.ordinal() + 1);
            modes = next;
        }
        return Delivery.of(next[channel] - 1);
    }
}
