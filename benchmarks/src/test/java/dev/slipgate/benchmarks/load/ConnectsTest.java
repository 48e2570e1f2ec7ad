package dev.slipgate.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.slipgate.handshake.GatewayPublicKey;
import dev.slipgate.testing.gateway.EchoGateway;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectsTest {
    private static final long SHORT_NS = 500_000_000L;
    private static final int INIT_BYTES = 1200;

    private final Crypto crypto = CryptoProviders.select(CryptoProviders.JDK);

    @Test
    void clientsConnectAgainAndAgain() throws IOException {
        try (EchoGateway gateway = EchoGateway.udp();
                LoadGenerator load =
                        LoadGenerator.sealed(
                                new LoadGenerator.Shape(address(gateway), 4, 200),
                                keyOf(gateway),
                                crypto)) {
            ConnectFigures figures = load.connectAgainAndAgain(2 * SHORT_NS, () -> {});

            assertThat(figures.connected()).isGreaterThan(4);
            assertThat(figures.failed()).isZero();
            assertThat(figures.tookNs().getTotalCount()).isEqualTo(figures.connected());
        }
    }

    @Test
    void aClientThatIsTurnedAwayCountsAsFailed() throws IOException {
        byte[] another = crypto.generateX25519().publicKey();
        try (EchoGateway gateway = EchoGateway.udp();
                LoadGenerator load =
                        LoadGenerator.sealed(
                                new LoadGenerator.Shape(address(gateway), 2, 200),
                                new PinnedKey.OfSlipgate(another),
                                crypto)) {
            ConnectFigures figures = load.connectAgainAndAgain(3 * SHORT_NS, () -> {});

            assertThat(figures.connected()).isZero();
            assertThat(figures.failed()).isPositive();
        }
    }

    @Test
    void firstFlightsDifferAndAWrongMagicIsAllThatIsWrong() {
        var key = new PinnedKey.OfSlipgate(crypto.generateX25519().publicKey());
        List<byte[]> genuine = FirstFlights.genuine(key, crypto, 3);
        List<byte[]> wrong = FirstFlights.withWrongMagic(genuine);

        assertThat(genuine).allMatch(packet -> packet.length == INIT_BYTES);
        assertThat(genuine.get(0)).startsWith('S', 'L', 'G', 'P').isNotEqualTo(genuine.get(1));
        assertThat(wrong.get(0)).startsWith('S', 'L', 'G', 'Q').hasSize(INIT_BYTES);
        assertThat(Arrays.copyOfRange(wrong.get(2), 4, INIT_BYTES))
                .isEqualTo(Arrays.copyOfRange(genuine.get(2), 4, INIT_BYTES));
    }

    @Test
    void spoofedDatagramsComeFromManyAddressesAtTheirRate() throws IOException {
        assumeThat(SpoofedDatagrams.available()).isTrue();
        Set<SocketAddress> hosts = new HashSet<>();
        try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var address = new InetSocketAddress(server.getLocalAddress(), server.getLocalPort());
            long startNs = System.nanoTime();
            var spoofed = SpoofedDatagrams.start(address, List.of(new byte[] {1, 2, 3}), 500);
            try (spoofed) {
                for (int i = 0; i < 100; i++) {
                    var packet = new DatagramPacket(new byte[16], 16);
                    server.receive(packet);
                    assertThat(packet.getLength()).isEqualTo(3);
                    hosts.add(packet.getSocketAddress());
                }
            }
            double seconds = (System.nanoTime() - startNs) / 1e9;
            assertThat(hosts).hasSizeGreaterThan(95);
            assertThat(spoofed.sent()).isBetween(100L, Math.round(500 * seconds) + 1);
        }
    }

    private static InetSocketAddress address(EchoGateway gateway) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(gateway.place()).getPort());
    }

    private PinnedKey keyOf(EchoGateway gateway) {
        String text = gateway.uri().substring(gateway.uri().indexOf("?key=") + 5);
        return new PinnedKey.OfSlipgate(GatewayPublicKey.parse(crypto, text).bytes());
    }
}
