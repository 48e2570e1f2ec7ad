package dev.slipgate.gateway.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes the packets out of a WebSocket's messages, and pings its client. Confined to its loop. */
final class WebSocketFrames extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final StreamConnection connection;
    private final StreamOptions options;
    private @Nullable Future<?> pings;
    private int unanswered;

    WebSocketFrames(StreamConnection connection, StreamOptions options) {
        this.connection = connection;
        this.options = options;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (connection.deaf()) {
            return;
        }
        int length = frame.content().readableBytes();
        switch (frame) {
            case BinaryWebSocketFrame binary
                    when length > 0 && length <= options.maxPacketBytes() ->
                    connection.onPacket(binary.content(), binary.content().readerIndex(), length);
            case PongWebSocketFrame pong -> unanswered = 0;
            default -> connection.breakOff();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeComplete) {
            pings =
                    context.executor()
                            .scheduleAtFixedRate(
                                    () -> ping(context),
                                    options.pingIntervalMs(),
                                    options.pingIntervalMs(),
                                    TimeUnit.MILLISECONDS);
        }
        context.fireUserEventTriggered(event);
    }

    private void ping(ChannelHandlerContext context) {
        if (unanswered == StreamOptions.MAX_MISSED_PONGS) {
            connection.onSilence();
        } else {
            unanswered++;
            var unused = context.writeAndFlush(new PingWebSocketFrame(), context.voidPromise());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (pings != null) {
            pings.cancel(false);
        }
        context.fireChannelInactive();
    }
}
