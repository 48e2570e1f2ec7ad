package dev.slipgate.gateway.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UdpPeerTest {
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EchoServer.Echo sink = new EchoServer.Echo(group.next());
    private final UdpCarrier carrier =
            new UdpCarrier(
                    group.next(),
                    UdpOptions.defaults(),
                    sink,
                    new CarrierCounters(),
                    (from, at, sender, bytes, length) -> false);
    private final UdpSocket socket = new UdpSocket(carrier);
    private final PeerCache cache = new PeerCache();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }

    @Test
    void theSameSenderIsTheSameObject() {
        assertThat(peer("192.0.2.7", 40112)).isSameAs(peer("192.0.2.7", 40112));
        assertThat(peer("2001:db8::7", 40112)).isSameAs(peer("2001:db8::7", 40112));
    }

    @Test
    void anEqualPeerIsEqualEvenWhenItIsAnotherObject() {
        UdpPeer first = peer("192.0.2.7", 40112);
        UdpPeer second = new PeerCache().peerOf(socket, address("192.0.2.7", 40112));
        assertThat(second).isNotSameAs(first).isEqualTo(first).hasSameHashCodeAs(first);
    }

    @Test
    void hostPortAndLocalSocketAllMatter() {
        UdpPeer peer = peer("192.0.2.7", 40112);
        assertThat(peer("192.0.2.8", 40112)).isNotEqualTo(peer);
        assertThat(peer("192.0.2.7", 40113)).isNotEqualTo(peer);
        var other = new UdpSocket(carrier);
        assertThat(cache.peerOf(other, address("192.0.2.7", 40112))).isNotEqualTo(peer);
        assertThat(peer("2001:db8::7", 1)).isNotEqualTo(peer("2001:db8:0:1::7", 1));
        assertThat(peer("2001:db8::7", 1)).isNotEqualTo(peer("2001:db8::8", 1));
    }

    @Test
    void manyStrangersDoNotGrowTheCacheAndStayThemselves() {
        for (int i = 0; i < 4 * PeerCache.SLOTS; i++) {
            String host = "198.51." + (i >> 8 & 0xff) + "." + (i & 0xff);
            assertThat(peer(host, 1000 + (i >> 16))).hasToString(host + ":" + (1000 + (i >> 16)));
        }
    }

    @Test
    void aHostIsAnAddressOfIpv4AndANetworkOfIpv6() {
        assertThat(peer("192.0.2.7", 1).host()).isEqualTo(peer("192.0.2.7", 2).host());
        assertThat(peer("192.0.2.7", 1).host()).isNotEqualTo(peer("192.0.2.8", 1).host());
        assertThat(peer("2001:db8::7", 1).host()).isEqualTo(peer("2001:db8::ffff:8", 1).host());
        assertThat(peer("2001:db8::7", 1).host()).isNotEqualTo(peer("2001:db8:0:1::7", 1).host());
        assertThat(peer("2001:db8::7", 1).host()).hasToString("2001:db8:0:0:0:0:0:0/64");
    }

    @Test
    void theTextIsAsAnOperatorWritesIt() {
        assertThat(peer("192.0.2.7", 40112)).hasToString("192.0.2.7:40112");
        assertThat(peer("2001:db8::7", 40112)).hasToString("[2001:db8:0:0:0:0:0:7]:40112");
    }

    private UdpPeer peer(String host, int port) {
        return cache.peerOf(socket, address(host, port));
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
