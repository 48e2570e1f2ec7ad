package dev.slipgate.gateway.udp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.vertx.core.Promise;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a carrier, bound to one local address: the last handler of its channel. Confined to
 * the carrier's loop.
 */
final class UdpSocket extends ChannelInboundHandlerAdapter {
    private final UdpCarrier carrier;
    private @Nullable Channel channel;
    private boolean unflushed;

    UdpSocket(UdpCarrier carrier) {
        this.carrier = carrier;
    }

    /** Whether datagrams can leave by it. */
    boolean open() {
        return channel != null && channel.isActive();
    }

    /** Where it is bound. */
    InetSocketAddress localAddress() {
        return (InetSocketAddress) Objects.requireNonNull(channel).localAddress();
    }

    /**
     * Gathers a datagram for the next flush.
     *
     * @return whether it is the first since the last one
     */
    boolean write(OutgoingDatagram datagram) {
        Channel to = Objects.requireNonNull(channel);
        // The void promise is no object per datagram; its failures come to exceptionCaught.
        var unused = to.write(datagram, to.voidPromise());
        boolean first = !unflushed;
        unflushed = true;
        return first;
    }

    void flush() {
        unflushed = false;
        if (channel != null) {
            channel.flush();
        }
    }

    /** Closes it; what was flushed before has left. */
    void close(Promise<Void> closed) {
        Objects.requireNonNull(channel).close().addListener(done -> closed.complete());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var datagram = (DatagramPacket) message;
        try {
            carrier.onDatagram(this, datagram);
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        carrier.onBurstEnd();
    }

    /** Failures of single datagrams: counted, and the socket goes on. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        carrier.onFailure();
    }
}
