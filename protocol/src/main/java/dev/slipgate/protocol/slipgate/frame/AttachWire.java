package dev.slipgate.protocol.slipgate.frame;

import dev.slipgate.protocol.channel.ChannelSet;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.Positions;
import dev.slipgate.protocol.session.Attach;
import dev.slipgate.protocol.slipgate.packet.Varint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ATTACH frames. {@code docs/wire-protocol.md}, ATTACH. */
public final class AttachWire {
    /** The smallest frame that a caller may allow. */
    public static final int MIN_FRAME_BYTES = 200;

    private static final int FLAG_FRESH = 1;

    /** Before the channels: kind, part, parts, flags, two numbers, the count. */
    private static final int MAX_HEAD_BYTES = 4 + 2 * Varint.MAX_BYTES + 2;

    /** Of a channel: channel, mode, two numbers. */
    private static final int MAX_CHANNEL_FIXED_BYTES = 2 + 2 * Varint.MAX_BYTES;

    private AttachWire() {}

    /**
     * The frames that say this, each with its kind; at most 255, with channels to 256.
     *
     * @param maxFrameBytes at least {@link #MIN_FRAME_BYTES}; positions that do not fit lose their
     *     highest ranges, so that the other end sends again what had come
     */
    public static List<byte[]> encode(Attach attach, int maxFrameBytes) {
        var groups = groups(attach.channels(), maxFrameBytes - MAX_HEAD_BYTES);
        var frames = new ArrayList<byte[]>(groups.size());
        for (int part = 0; part < groups.size(); part++) {
            frames.add(frame(attach, part, groups.size(), groups.get(part)));
        }
        return frames;
    }

    /** The channels as bytes, as many together as fit a frame; at least one group. */
    private static List<List<byte[]>> groups(List<Attach.Channel> channels, int roomBytes) {
        var groups = new ArrayList<List<byte[]>>();
        List<byte[]> group = new ArrayList<>();
        groups.add(group);
        int left = roomBytes;
        for (Attach.Channel channel : channels) {
            byte[] encoded = channel(channel, roomBytes);
            if (encoded.length > left) {
                group = new ArrayList<>();
                groups.add(group);
                left = roomBytes;
            }
            group.add(encoded);
            left -= encoded.length;
        }
        return groups;
    }

    private static byte[] channel(Attach.Channel channel, int roomBytes) {
        var out = new byte[roomBytes];
        out[0] = (byte) channel.channel();
        out[1] = (byte) channel.delivery().ordinal();
        int at = Varint.write(out, 2, channel.firstKept());
        at = Varint.write(out, at, channel.next());
        int half = MAX_CHANNEL_FIXED_BYTES + (roomBytes - MAX_CHANNEL_FIXED_BYTES) / 2;
        at = PositionsWire.write(out, at, half, channel.received());
        at = PositionsWire.write(out, at, roomBytes, channel.handled());
        return Arrays.copyOf(out, at);
    }

    private static byte[] frame(Attach attach, int part, int parts, List<byte[]> channels) {
        var head = new byte[MAX_HEAD_BYTES];
        head[0] = FrameKind.ATTACH;
        head[1] = (byte) part;
        head[2] = (byte) parts;
        head[3] = (byte) (attach.fresh() ? FLAG_FRESH : 0);
        int at = Varint.write(head, 4, attach.generation());
        at = Varint.write(head, at, attach.epoch());
        at = Varint.write(head, at, channels.size());
        int length = at + channels.stream().mapToInt(channel -> channel.length).sum();
        byte[] frame = Arrays.copyOf(head, length);
        for (byte[] channel : channels) {
            System.arraycopy(channel, 0, frame, at, channel.length);
            at += channel.length;
        }
        return frame;
    }

    /** Passes over a frame behind its kind; what is wrong breaks the cursor. */
    static void check(FieldCursor in) {
        int part = in.u8();
        int parts = in.u8();
        if (part >= parts) {
            in.fail();
        }
        readBody(in, null);
    }

    /** Reads a frame that {@link #check} has passed over. */
    static AttachPart read(FieldCursor in) {
        int part = in.u8();
        int parts = in.u8();
        return new AttachPart(part, parts, readBody(in, new ArrayList<>()));
    }

    private static Attach readBody(FieldCursor in, @Nullable List<Attach.Channel> channels) {
        boolean fresh = (in.u8() & FLAG_FRESH) != 0;
        long generation = in.varint();
        long epoch = in.varint();
        int count = in.varint(FrameKind.MAX_ATTACH_CHANNELS);
        var seen = new ChannelSet();
        for (int i = 0; i < count && !in.broken(); i++) {
            readChannel(in, seen, channels);
        }
        return new Attach(fresh, generation, epoch, channels == null ? List.of() : channels);
    }

    private static void readChannel(
            FieldCursor in, ChannelSet seen, @Nullable List<Attach.Channel> channels) {
        int channel = in.u8();
        int mode = in.u8();
        if (mode > FrameKind.DELIVERY_MASK || seen.contains(channel)) {
            in.fail();
        }
        seen.add(channel);
        long firstKept = in.varint();
        long next = in.varintFrom(Math.max(firstKept, 1));
        Positions received = channels == null ? null : new Positions();
        Positions handled = channels == null ? null : new Positions();
        PositionsWire.read(in, received);
        PositionsWire.read(in, handled);
        if (channels != null && received != null && handled != null) {
            var delivery = Delivery.of(mode);
            channels.add(new Attach.Channel(channel, delivery, firstKept, next, received, handled));
        }
    }
}
