package dev.slipgate.gateway.stream;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/**
 * Lets requests for our WebSocket pass, from programs and from pages that may; answers others with
 * an error, and closes. Netty's handlers rather than a Vert.x server, so that a WebSocket is a
 * channel like the other streams: the same loops, bursts, water marks and bounds.
 */
final class WebSocketGate extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** Where the WebSocket is; the protocol's version is in it. */
    static final String PATH = "/v1";

    private static final int MAX_LINE_BYTES = 1024;
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int MAX_CHUNK_BYTES = 1024;

    private final StreamCounters counters;
    private final OriginCheck origins;

    private WebSocketGate(StreamCounters counters, OriginCheck origins) {
        super(false);
        this.counters = counters;
        this.origins = origins;
    }

    /** Adds all that a WebSocket needs; behind it come whole messages and pongs. */
    static void addTo(
            ChannelPipeline pipeline,
            StreamCounters counters,
            OriginCheck origins,
            StreamOptions options) {
        pipeline.addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_CHUNK_BYTES));
        pipeline.addLast(new HttpObjectAggregator(MAX_CHUNK_BYTES, true));
        pipeline.addLast(new WebSocketGate(counters, origins));
        pipeline.addLast(new WebSocketServerProtocolHandler(config(options)));
        pipeline.addLast(new WebSocketFrameAggregator(options.maxPacketBytes()));
    }

    private static WebSocketServerProtocolConfig config(StreamOptions options) {
        return WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(PATH)
                .dropPongFrames(false)
                .handshakeTimeoutMillis(options.provenWithinMs())
                .decoderConfig(
                        WebSocketDecoderConfig.newBuilder()
                                .maxFramePayloadLength(options.maxPacketBytes())
                                .allowExtensions(false)
                                // A text message closes whatever is in it.
                                .withUTF8Validator(false)
                                .build())
                .build();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!isForWebSocket(request)) {
            counters.badUpgrades.increment();
            refuse(context, request, HttpResponseStatus.NOT_FOUND);
        } else if (!origins.allows(
                headers.get(HttpHeaderNames.ORIGIN), headers.get(HttpHeaderNames.HOST))) {
            counters.originsRefused.increment();
            refuse(context, request, HttpResponseStatus.FORBIDDEN);
        } else {
            context.fireChannelRead(request);
            context.pipeline().remove(this);
        }
    }

    private static boolean isForWebSocket(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.decoderResult().isSuccess()
                && request.uri().equals(PATH)
                && request.method().equals(HttpMethod.GET)
                && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                && headers.contains(
                        HttpHeaderNames.SEC_WEBSOCKET_VERSION,
                        WebSocketVersion.V13.toHttpHeaderValue(),
                        false);
    }

    private static void refuse(
            ChannelHandlerContext context, FullHttpRequest request, HttpResponseStatus status) {
        request.release();
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
