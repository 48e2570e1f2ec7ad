package dev.slipgate.protocol.slipgate;

import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.slipgate.frame.AttachPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one ATTACH. A part of another one with as many or newer words begins anew. No
 * channel is in two parts: so all of them together are bounded like one.
 */
final class AttachGathering {
    private @Nullable Attach @Nullable [] parts;
    private ChannelSet channels = new ChannelSet();
    private boolean broken;
    private long generation;
    private long epoch;
    private int missing;

    /** Takes a part; the whole when nothing is missing any more, else null. */
    @Nullable Attach take(AttachPart part) {
        Attach content = part.content();
        if (part.parts() == 1) {
            return content;
        }
        if (!belongs(part)) {
            if (isOlder(content)) {
                return null;
            }
            parts = new Attach[part.parts()];
            channels = new ChannelSet();
            missing = part.parts();
            generation = content.generation();
            epoch = content.epoch();
        }
        @Nullable Attach[] all = parts;
        if (all == null || all[part.part()] != null) {
            return null;
        }
        addChannels(content);
        all[part.part()] = content;
        if (--missing > 0 || broken) {
            return null;
        }
        parts = null;
        return join(all, content);
    }

    private void addChannels(Attach content) {
        for (Attach.Channel each : content.channels()) {
            broken |= channels.contains(each.channel());
            channels.add(each.channel());
        }
    }

    /** Whether a channel came twice: no honest end says that. */
    boolean broken() {
        return broken;
    }

    private boolean belongs(AttachPart part) {
        return parts != null
                && parts.length == part.parts()
                && part.content().generation() == generation
                && part.content().epoch() == epoch;
    }

    private boolean isOlder(Attach content) {
        return parts != null && (content.generation() < generation || content.epoch() < epoch);
    }

    private static Attach join(@Nullable Attach[] all, Attach last) {
        List<Attach.Channel> channels = new ArrayList<>();
        for (Attach each : all) {
            if (each != null) {
                channels.addAll(each.channels());
            }
        }
        return new Attach(last.fresh(), last.generation(), last.epoch(), channels);
    }
}
