package dev.slipgate.protocol.session;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import java.util.List;

/**
 * Where an end is when it meets the other end anew: what it keeps, and what it has received and
 * handled. {@code docs/wire-protocol.md}, ATTACH.
 *
 * @param fresh whether it knows nothing of former sessions
 * @param generation proven sessions of the connection, counted by the client from 1
 * @param epoch how often the connection got another owner; 0 from a client that has seen none
 * @param channels the channels that were used, at most 256
 */
public record Attach(boolean fresh, long generation, long epoch, List<Channel> channels) {
    public Attach {
        channels = List.copyOf(channels);
    }

    /**
     * One channel at that end.
     *
     * @param channel 0 to 255
     * @param firstKept the lowest number that it still keeps for the other end; {@code next} when
     *     none
     * @param next the number of its next message
     * @param received what it has received of the other end
     * @param handled what it has handled of the other end
     */
    public record Channel(
            int channel,
            Delivery delivery,
            long firstKept,
            long next,
            Positions received,
            Positions handled) {}
}
