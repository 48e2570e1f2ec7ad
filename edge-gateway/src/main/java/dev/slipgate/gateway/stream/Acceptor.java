package dev.slipgate.gateway.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The handler of a listening socket: hands its connections out. */
final class Acceptor extends ChannelInboundHandlerAdapter {
    /** When the process has no file descriptor left, the next try would fail at once as well. */
    private static final long RETRY_MS = 1000;

    private final Consumer<Channel> onAccepted;

    /**
     * @param onAccepted gets each connection, not yet registered with an event loop
     */
    Acceptor(Consumer<Channel> onAccepted) {
        this.onAccepted = onAccepted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        onAccepted.accept((Channel) message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelConfig config = context.channel().config();
        if (config.isAutoRead()) {
            config.setAutoRead(false);
            var unused =
                    context.executor()
                            .schedule(
                                    () -> config.setAutoRead(true),
                                    RETRY_MS,
                                    TimeUnit.MILLISECONDS);
        }
    }
}
