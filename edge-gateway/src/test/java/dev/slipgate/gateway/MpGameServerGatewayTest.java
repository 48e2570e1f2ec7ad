package dev.slipgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipgate.gateway.GatewayFixture.EchoingDialect;
import dev.slipgate.gateway.mpgameserver.RootKey;
import dev.slipgate.protocol.crypto.P256KeyFile;
import dev.slipgate.protocol.mpgameserver.ClientState;
import dev.slipgate.runtime.config.GatewaySettings;
import dev.slipgate.runtime.config.Settings;
import dev.slipgate.runtime.keys.RootKeyFiles;
import dev.slipgate.runtime.lifecycle.StartFailure;
import dev.slipgate.testing.player.TestPlayer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real dialect over real sockets, at a gateway that echoes by itself. */
@Timeout(60)
final class MpGameServerGatewayTest {
    @TempDir private Path directory;

    @Test
    void clientsConnectAreEchoedAndHearTheGoodbye() throws Exception {
        RootKeyFiles keys = keys();
        List<TestPlayer> players = new ArrayList<>();
        try (var fixture = new GatewayFixture(new EchoingDialect(settings(keys.privateKey())))) {
            InetSocketAddress at = fixture.address();
            for (int i = 0; i < 8; i++) {
                players.add(new TestPlayer(at, publicKey(keys)));
            }
            byte[] message = new byte[10_000];
            new Random(1).nextBytes(message);
            for (TestPlayer player : players) {
                player.send(message);
                player.send(new byte[] {1});
            }
            for (TestPlayer player : players) {
                await().until(() -> player.received().size() == 2);
                assertThat(player.received()).anySatisfy(got -> assertThat(got).isEqualTo(message));
            }
            await().until(() -> fixture.gateway.stats().sessions() == 8);
            assertThat(fixture.gateway.stats().jobs().done()).isGreaterThanOrEqualTo(8);

            fixture.gateway.stop().await();
            for (TestPlayer player : players) {
                await().until(() -> player.state() == ClientState.CLOSED);
            }
        } finally {
            players.forEach(TestPlayer::close);
        }
    }

    @Test
    void aClientThatPinsAnotherKeyRefusesTheGateway() throws Exception {
        RootKeyFiles keys = keys();
        RootKeyFiles others = RootKeyFiles.in(directory, "other");
        others.create();
        try (var fixture = new GatewayFixture(new EchoingDialect(settings(keys.privateKey())));
                var player = new TestPlayer(fixture.address(), publicKey(others))) {
            await().until(() -> player.state() == ClientState.REFUSED);
            assertThat(fixture.gateway.stats().sessions()).isZero();
        }
    }

    @Test
    void aKeyThatIsNotThereOrIsNoneIsToldWithItsName() throws IOException {
        Path missing = directory.resolve("missing.key");
        assertThatThrownBy(() -> RootKey.load(settings(missing).mpgameserver()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(missing.toString());
        Path garbage = Files.writeString(directory.resolve("garbage.key"), "not a key");
        assertThatThrownBy(() -> RootKey.load(settings(garbage).mpgameserver()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(garbage.toString());
        assertThatThrownBy(() -> RootKey.load(Settings.defaults().gateway().mpgameserver()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("slipgate keygen");
    }

    @Test
    void aSettingBeyondTheDialectIsToldAtStart() {
        Path key = keys().privateKey();
        assertThatThrownBy(() -> new EchoingDialect(GatewayFixture.settings(key, 9000)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("mtuBytes is 9000");
    }

    private RootKeyFiles keys() {
        RootKeyFiles keys = RootKeyFiles.in(directory, "root");
        keys.create();
        return keys;
    }

    private static PublicKey publicKey(RootKeyFiles keys)
            throws IOException, GeneralSecurityException {
        return P256KeyFile.readPublic(Files.readString(keys.publicKey()));
    }

    private static GatewaySettings settings(Path rootKey) {
        return GatewayFixture.settings(rootKey);
    }
}
