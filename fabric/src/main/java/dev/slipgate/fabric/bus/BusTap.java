package dev.slipgate.fabric.bus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * A tap on the sockets of one process's event bus: batches for its lanes are taken off ahead of the
 * bus's own parser, which would copy each byte some five times into garbage; everything else passes
 * on untouched. It also bounds a frame, which the bus does not. For a bus in clear only: under TLS
 * the socket's bytes are no frames.
 */
final class BusTap {
    private final CopyOnWriteArrayList<Tapped> lanes = new CopyOnWriteArrayList<>();
    private final LongAdder refusedFrames = new LongAdder();

    /** Taps every connection that this server channel accepts. */
    void install(ServerChannel server) {
        server.pipeline()
                .addFirst(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object child) {
                                ((Channel) child).pipeline().addFirst(new TapHandler(BusTap.this));
                                context.fireChannelRead(child);
                            }
                        });
    }

    void add(String address, BusLane lane) {
        lanes.add(new Tapped(new LaneFrames(address), lane));
    }

    void remove(BusLane lane) {
        lanes.removeIf(tapped -> tapped.lane == lane);
    }

    /**
     * Hands a frame's batch to its lane, if it is one for a lane of this process.
     *
     * @param start the index behind the frame's length field
     * @param end the index behind the frame
     */
    boolean tryTake(ByteBuf bytes, int start, int end) {
        for (Tapped tapped : lanes) {
            int batch = tapped.frames.batchIndex(bytes, start, end);
            if (batch != LaneFrames.NOT_OURS) {
                return tapped.lane.tryTakeTapped(bytes, batch, end - batch);
            }
        }
        return false;
    }

    void countRefusedFrame() {
        refusedFrames.increment();
    }

    /** Frames longer than {@link TapHandler#MAX_FRAME_BYTES}; each closed its connection. */
    long refusedFrames() {
        return refusedFrames.sum();
    }

    private record Tapped(LaneFrames frames, BusLane lane) {}
}
