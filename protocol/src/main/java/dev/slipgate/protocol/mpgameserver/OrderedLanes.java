package dev.slipgate.protocol.mpgameserver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ordered channels of a session: on each at most one message is on its way, and the next leaves
 * when the peer has it. At most 256 lanes, made on first use; few are ever used, so they are
 * searched one by one.
 */
final class OrderedLanes {
    private static final class Lane {
        final int channel;
        final OutFifo waiting = new OutFifo();
        boolean busy;

        Lane(int channel) {
            this.channel = channel;
        }
    }

    private final List<Lane> lanes = new ArrayList<>(1);

    /** Whether the message may leave now; otherwise it is kept until its turn. */
    boolean admit(OutMessage message) {
        Lane lane = laneOf(message.channel);
        if (lane.busy) {
            lane.waiting.add(message);
            return false;
        }
        lane.busy = true;
        return true;
    }

    /** The peer has the channel's message: the one whose turn it is now, or null. */
    @Nullable OutMessage onDelivered(int channel) {
        Lane lane = laneOf(channel);
        OutMessage following = lane.waiting.poll();
        lane.busy = following != null;
        return following;
    }

    private Lane laneOf(int channel) {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).channel == channel) {
                return lanes.get(i);
            }
        }
        var lane = new Lane(channel);
        lanes.add(lane);
        return lane;
    }
}
