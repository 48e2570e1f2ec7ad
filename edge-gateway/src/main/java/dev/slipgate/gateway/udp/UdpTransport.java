package dev.slipgate.gateway.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/** The way to the kernel, given by what the event loops run on. */
public enum UdpTransport {
    /** Bursts with one system call each way, one socket per loop and local address. Linux. */
    EPOLL,
    /** One system call per datagram and one socket per local address. Everywhere. */
    NIO;

    /** What this event loop runs on. */
    public static UdpTransport of(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class) ? EPOLL : NIO;
    }

    /** Its name in logs and {@code /stats}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether several loops may each have a socket for one address and port. */
    boolean sharesPorts() {
        return this == EPOLL;
    }

    /** Sets the channel of a bootstrap and how it reads. */
    void configure(
            Bootstrap bootstrap, InetAddress local, BurstReceive receive, int datagramBytes) {
        boolean ipv6 = local instanceof Inet6Address;
        SocketProtocolFamily family = ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        switch (this) {
            case EPOLL ->
                    bootstrap
                            .channelFactory(
                                    () -> (DatagramChannel) new EpollDatagramChannel(family))
                            .option(UnixChannelOption.SO_REUSEPORT, true)
                            .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, datagramBytes)
                            .option(ChannelOption.RECVBUF_ALLOCATOR, receive);
            case NIO ->
                    bootstrap
                            .channelFactory(() -> (DatagramChannel) new NioDatagramChannel(family))
                            .option(
                                    ChannelOption.RECVBUF_ALLOCATOR,
                                    new FixedRecvByteBufAllocator(datagramBytes)
                                            .maxMessagesPerRead(BurstReceive.BURST));
        }
    }
}
