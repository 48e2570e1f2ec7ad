package dev.slipgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipgate.protocol.memorynet.MemoryMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayUriTest {
    private static final String KEY = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

    @ParameterizedTest
    @CsvSource({
        "udp://play.example.org, UDP, play.example.org, 7770, ''",
        "tcp://192.0.2.7:9000, TCP, 192.0.2.7, 9000, ''",
        "tls://play.example.org, TLS, play.example.org, 7774, ''",
        "ws://localhost, WS, localhost, 7771, /v1",
        "wss://play.example.org:443/game/v1, WSS, play.example.org, 443, /game/v1",
        "UDP://[2001:db8::7]:7000/, UDP, 2001:db8::7, 7000, ''",
    })
    void aUriNamesCarrierHostPortAndPath(
            String text, CarrierScheme scheme, String host, int port, String path) {
        GatewayUri uri = GatewayUri.parse(text + "?key=" + KEY);

        assertThat(uri.scheme()).isEqualTo(scheme);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port);
        assertThat(uri.path()).isEqualTo(path);
        assertThat(uri.key()).hasSize(32).startsWith(1, 2, 3).endsWith(32);
        assertThat(GatewayUri.parse(uri.toString()).toString()).isEqualTo(uri.toString());
    }

    @Test
    void onlyMemoryNeedsNoKey() {
        GatewayUri uri = GatewayUri.parse("mem://dev");
        assertThat(uri.key()).isNull();
        assertThat(uri.host()).isEqualTo("dev");
        assertThat(uri.memoryMode()).isEqualTo(MemoryMode.STREAM);
        assertThat(GatewayUri.parse("mem://dev?mode=datagram").memoryMode())
                .isEqualTo(MemoryMode.DATAGRAM);
        assertThat(GatewayUri.parse("mem://dev?mode=datagram").toString())
                .isEqualTo("mem://dev?mode=datagram");
    }

    @ParameterizedTest
    @CsvSource({
        "udp://play.example.org",
        "tcp://play.example.org",
        "tls://play.example.org",
        "ws://play.example.org",
        "wss://play.example.org",
    })
    void withoutAKeyItSaysWhereToFindIt(String text) {
        assertThatThrownBy(() -> GatewayUri.parse(text))
                .isInstanceOf(InvalidGatewayUriException.class)
                .hasMessageContaining(text)
                .hasMessageContaining("?key=")
                .hasMessageContaining("logs")
                .hasMessageContaining(".slipgate/keys")
                .hasMessageContaining("keygen");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "play.example.org:7770|udp:// tcp:// tls:// ws:// wss:// mem://",
                "http://play.example.org|it begins with one of",
                "udp:play|it begins with one of",
                "udp://|write udp://",
                "udp://under_score?key=x|names no host",
                "udp://a b|write udp://",
                "udp://h:70000?key=KEY|a port is 1 to 65535",
                "udp://h:0?key=KEY|a port is 1 to 65535",
                "udp://h/v1?key=KEY|only ws and wss have a path",
                "udp://me@h?key=KEY|user names",
                "udp://h?key=KEY#x|fragments",
                "udp://h?key=KEY&key=KEY|key twice",
                "udp://h?kye=KEY|not 'kye'",
                "udp://h?key=AQID|3 bytes; a gateway's is 32",
                "udp://h?key=AQID$|base64url",
                "udp://h?key=KEY&mode=stream|only mem has a mode",
                "mem://h:1|mem has no ports",
                "mem://h?mode=fast|stream or datagram, not 'fast'",
            })
    void whatIsWrongIsSaidInOneLine(String text, String problem) {
        assertThatThrownBy(() -> GatewayUri.parse(text.replace("KEY", KEY)))
                .isInstanceOf(InvalidGatewayUriException.class)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aPinIsReadAsOpensslAndAsUrlsWriteIt() {
        String hex = "00".repeat(31) + "ff";
        CertificatePin pin = CertificatePin.parse(hex);
        assertThat(pin.toString()).isEqualTo(hex);
        assertThat(CertificatePin.parse("00:".repeat(31) + "FF").sha256()).isEqualTo(pin.sha256());
        assertThat(CertificatePin.parse("A".repeat(42) + "8").sha256()).hasSize(32);
        assertThatThrownBy(() -> CertificatePin.parse("xyz"))
                .hasMessageContaining("64 hexadecimal digits");
    }
}
