package dev.slipgate.benchmarks.yardstick;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/**
 * The yardstick in Java: a UDP echo on Netty's epoll channel with batched reads and writes, in
 * clear, on one thread. Its own process; prints {@code listening PORT}.
 */
public final class EpollEchoMain {
    private static final int MAX_DATAGRAM_BYTES = 2048;

    /** Datagrams per read: as many as one call of recvmmsg is given by this channel. */
    private static final int READ_BATCH = 64;

    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private EpollEchoMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Channel channel =
                new Bootstrap()
                        .group(group)
                        .channel(EpollDatagramChannel.class)
                        .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM_BYTES)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(READ_BATCH * MAX_DATAGRAM_BYTES))
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                        .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                        .handler(new Echo())
                        .bind("127.0.0.1", 0)
                        .sync()
                        .channel();
        System.out.println("listening " + ((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().sync();
    }

    /** Sends each datagram back; a burst leaves together. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            var packet = (DatagramPacket) read;
            var answer = new DatagramPacket(packet.content(), packet.sender());
            // An echo that the socket refuses is lost, and the load generator counts it.
            var unused = context.write(answer, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
