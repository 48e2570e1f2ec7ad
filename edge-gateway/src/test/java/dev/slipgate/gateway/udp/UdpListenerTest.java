package dev.slipgate.gateway.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.carrier.ListenSpec;
import dev.slipgate.gateway.carrier.LocalAddresses;
import dev.slipgate.runtime.lifecycle.StartFailure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class UdpListenerTest {
    private static final long SCAN_MS = 20;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onAWildcardTheReplyLeavesFromTheAddressThatWasAsked(boolean epoll) throws IOException {
        UdpCarrierTest.assumePossible(epoll, "127.0.0.1");
        var addresses = new MutableAddresses("127.0.0.1", "127.0.0.2");
        try (var server = new EchoServer(epoll, 2, addresses.wildcard()).start();
                var client = TestClient.at("127.0.0.1")) {
            for (String asked : new String[] {"127.0.0.2", "127.0.0.1", "127.0.0.2"}) {
                var to = server.at(asked);
                assertThat(client.ask(new byte[] {1}, to).from()).isEqualTo(to);
            }
        }
    }

    @Test
    void oneClientAtTwoAddressesOfOursIsTwoPeers() throws IOException {
        var addresses = new MutableAddresses("127.0.0.1", "127.0.0.2");
        try (var server = new EchoServer(true, 1, addresses.wildcard()).start();
                var client = TestClient.at("127.0.0.1")) {
            var echo = server.echoes.getFirst();
            client.ask(new byte[] {1}, server.at("127.0.0.1"));
            var first = echo.lastPeer;
            client.ask(new byte[] {1}, server.at("127.0.0.2"));
            var second = echo.lastPeer;
            client.ask(new byte[] {1}, server.at("127.0.0.1"));
            assertThat(echo.lastPeer).isEqualTo(first).isNotEqualTo(second);
            assertThat(first.host()).isEqualTo(second.host());
        }
    }

    @Test
    void theWildcardMeansAllAddressesOfTheMachine() throws IOException {
        try (var server = new EchoServer(true, 1, ListenSpec.of("*", 0, "port")).start()) {
            assertThat(server.addresses)
                    .extracting(InetSocketAddress::getAddress)
                    .contains(InetAddress.ofLiteral("127.0.0.1"))
                    .doesNotContain(InetAddress.ofLiteral("0.0.0.0"));
            for (InetSocketAddress address : server.addresses) {
                try (var client = new TestClient(address.getAddress())) {
                    assertThat(client.ask(new byte[] {1}, address).from()).isEqualTo(address);
                }
            }
        }
    }

    @Test
    void anAddressThatComesIsServedAndOneThatGoesIsLeft() throws IOException {
        var addresses = new MutableAddresses("127.0.0.1");
        try (var server = scanning(addresses);
                var client = TestClient.at("127.0.0.1")) {
            addresses.set("127.0.0.1", "127.0.0.2");
            var second = server.at("127.0.0.2");
            await().until(() -> taken(second));
            client.ask(new byte[] {1}, second);

            addresses.set("127.0.0.2");
            await().until(() -> !taken(server.at("127.0.0.1")));
            client.ask(new byte[] {1}, second);
        }
    }

    @Test
    void anAddressThatIsTakenWhenItComesIsServedOnceItIsFree() throws IOException {
        var addresses = new MutableAddresses("127.0.0.1");
        try (var server = scanning(addresses);
                var client = TestClient.at("127.0.0.1")) {
            var second = server.at("127.0.0.2");
            try (var occupant = new DatagramSocket(second)) {
                addresses.set("127.0.0.1", "127.0.0.2");
                int asked = addresses.asked;
                await().until(() -> addresses.asked > asked + 3);
                assertThat(occupant.isClosed()).isFalse();
                client.ask(new byte[] {1}, server.addresses.getFirst());
            }
            await().until(() -> taken(second));
            assertThat(client.ask(new byte[] {1}, second).from()).isEqualTo(second);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPortInUseIsToldEvenWhenItsOwnerSharesPortsToo(boolean epoll) throws IOException {
        UdpCarrierTest.assumePossible(epoll, "127.0.0.1");
        try (var first = new EchoServer(epoll, 2, ListenSpec.of("127.0.0.1", 0, "port")).start()) {
            var spec = ListenSpec.of("127.0.0.1", first.port(), "gateway.mpgameserver.port");
            try (var second = new EchoServer(epoll, 2, spec)) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(StartFailure.class)
                        .hasMessage(
                                "UDP port %d of 127.0.0.1 is in use or not allowed: stop the process"
                                        + " that has it, or set gateway.mpgameserver.port to a free"
                                        + " port",
                                first.port());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.77", "no-such-host.invalid"})
    void anAddressOfAnotherMachineIsTold(String host) {
        try (var server = new EchoServer(true, 1, ListenSpec.of(host, 0, "port"))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(StartFailure.class)
                    .hasMessage(
                            "%s is no address of this machine: listen on one that is, or on * for"
                                    + " all of them",
                            host);
        }
    }

    @Test
    void closingFreesThePortAndIsHarmlessTwice() throws IOException {
        var server = new EchoServer(true, 2, ListenSpec.of("127.0.0.1", 0, "port")).start();
        var local = server.addresses.getFirst();
        assertThat(taken(local)).isTrue();
        server.listener.close().await();
        assertThat(taken(local)).isFalse();
        server.close();
    }

    private static EchoServer scanning(MutableAddresses addresses) {
        return new EchoServer(true, 2, addresses.wildcard(), UdpOptions.defaults(), SCAN_MS)
                .start();
    }

    private static boolean taken(InetSocketAddress local) {
        try (var probe = new DatagramSocket(local)) {
            return !probe.isBound();
        } catch (SocketException inUse) {
            return true;
        }
    }

    /** Addresses that a test makes come and go. */
    private static final class MutableAddresses implements LocalAddresses {
        private volatile Set<InetAddress> present = Set.of();
        volatile int asked;

        MutableAddresses(String... hosts) {
            set(hosts);
        }

        void set(String... hosts) {
            var set = new HashSet<InetAddress>();
            for (String host : hosts) {
                set.add(InetAddress.ofLiteral(host));
            }
            present = set;
        }

        ListenSpec wildcard() {
            return new ListenSpec("*", this, true, 0, "port");
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // asked by one thread at a time
        public Set<InetAddress> now() {
            asked++;
            return present;
        }
    }
}
