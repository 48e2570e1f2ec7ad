package dev.slipgate.protocol.end;

import dev.slipgate.protocol.channel.ConnectionStreams;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.InboundStream;
import dev.slipgate.protocol.channel.OutboundStream;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What streams say in an ATTACH, and what another's says about them. */
final class Meeting {
    private static final Positions NOTHING = new Positions();

    private Meeting() {}

    /** Where these streams are. */
    static List<Attach.Channel> channels(ConnectionStreams streams) {
        var channels = new ArrayList<Attach.Channel>();
        int bound = Math.max(streams.inboundBound(), streams.outboundBound());
        for (int channel = 0; channel < bound; channel++) {
            InboundStream in = streams.existingInbound(channel);
            OutboundStream out = streams.existingOutbound(channel);
            if (in != null || out != null) {
                channels.add(channel(channel, in, out));
            }
        }
        return channels;
    }

    /** The mode is that of the sending side, where there is one. */
    private static Attach.Channel channel(
            int channel, @Nullable InboundStream in, @Nullable OutboundStream out) {
        Delivery delivery =
                out != null
                        ? out.delivery()
                        : in != null ? in.delivery() : Delivery.ofChannel(channel);
        return new Attach.Channel(
                channel,
                delivery,
                out == null ? 1 : out.firstKept(),
                out == null ? 1 : out.next(),
                in == null ? NOTHING.copy() : in.received().copy(),
                in == null ? NOTHING.copy() : in.handled().copy());
    }

    /** What the other end says it has received on a channel. */
    static Positions receivedOn(int channel, Attach peer) {
        for (Attach.Channel there : peer.channels()) {
            if (there.channel() == channel) {
                return there.received();
            }
        }
        return NOTHING;
    }

    /** Whether the other end still keeps something that is handled here. */
    static boolean owesAck(InboundStream in, Attach.Channel there) {
        Positions handled = in.handled();
        boolean handledSome = handled.upTo() >= there.firstKept() || handled.rangeCount() > 0;
        return in.delivery().reliable() && handledSome && there.firstKept() < there.next();
    }
}
