package dev.slipgate.gateway.udp;

import dev.slipgate.gateway.carrier.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;

/** The channels that datagrams take, by transport. */
final class UdpChannels {
    private UdpChannels() {}

    /** Sets the channel of a bootstrap and how it reads. */
    static void configure(
            Bootstrap bootstrap,
            Transport transport,
            InetAddress local,
            BurstReceive receive,
            int datagramBytes) {
        boolean ipv6 = local instanceof Inet6Address;
        SocketProtocolFamily family = ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        switch (transport) {
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
