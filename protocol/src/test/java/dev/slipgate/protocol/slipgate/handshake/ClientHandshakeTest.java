package dev.slipgate.protocol.slipgate.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.session.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a client does on its way to a session, moment by moment. */
class ClientHandshakeTest {
    private static final long MS = 1_000_000L;
    private static final long CONNECT_TIMEOUT_NS = 10_000 * MS;

    private final HandshakeVectors vectors = new HandshakeVectors();

    private ClientHandshake started(boolean repeats) {
        var plan =
                new ClientHandshake.Plan(
                        vectors.first.publicKey(),
                        HandshakeVectors.CLIENT_OFFER,
                        repeats,
                        CONNECT_TIMEOUT_NS);
        var client =
                new ClientHandshake(
                        FixedEphemeral.of(HandshakeVectors.CRYPTO, vectors.clientEphemeral),
                        plan,
                        0);
        runJob(client, 0);
        return client;
    }

    private static void runJob(ClientHandshake client, long nowNs) {
        Job job = Objects.requireNonNull(client.pollJob());
        job.run();
        client.onJobDone(job, nowNs);
    }

    private static List<Long> sendTimesMs(ClientHandshake client) {
        var times = new ArrayList<Long>();
        for (long nowNs = 0; client.outcome() == null; nowNs = client.nextTimeoutNs()) {
            client.onTimeout(nowNs);
            if (client.pollInit(nowNs) != null) {
                times.add(nowNs / MS);
            }
        }
        return times;
    }

    @Test
    void initIsSentAgainAfterTwiceAsLongEachTime() {
        ClientHandshake client = started(true);
        assertThat(sendTimesMs(client))
                .containsExactly(0L, 250L, 750L, 1750L, 3750L, 5750L, 7750L, 9750L);
        assertThat(client.outcome()).isEqualTo(new ClientHandshake.Outcome.NoAnswer());
    }

    @Test
    void onAStreamInitIsSentOnce() {
        assertThat(sendTimesMs(started(false))).containsExactly(0L);
    }

    @Test
    void aCookieIsShownAtOnceAndLeavesTheTimerAsItIs() {
        ClientHandshake client = started(true);
        byte[] first = Objects.requireNonNull(client.pollInit(0));
        assertThat(give(client, cookie(1), 100 * MS)).isNull();
        byte[] second = Objects.requireNonNull(client.pollInit(100 * MS));
        assertThat(second).isEqualTo(InitPacket.withCookie(first, filled(1)));
        assertThat(client.pollInit(100 * MS)).isNull();
        assertThat(client.pollInit(250 * MS)).isEqualTo(second);
    }

    @Test
    void fiveCookiesAreTakenAndNoMore() {
        ClientHandshake client = started(true);
        client.pollInit(0);
        for (int i = 0; i < 5; i++) {
            assertThat(give(client, cookie(i), MS)).isNull();
            assertThat(client.pollInit(MS)).isNotNull();
        }
        assertThat(give(client, cookie(6), MS)).isEqualTo(DropReason.HANDSHAKE_RATE);
        assertThat(client.pollInit(MS)).isNull();
    }

    private byte[] cookie(int fill) {
        long echo = InitPacket.echo(vectors.plainInit(), 0);
        return CookiePacket.encode(vectors.first.id(), filled(fill), echo);
    }

    private static byte[] filled(int fill) {
        byte[] bytes = new byte[InitPacket.COOKIE_BYTES];
        java.util.Arrays.fill(bytes, (byte) fill);
        return bytes;
    }

    @Test
    void aRefusalIsBelievedHalfASecondLater() {
        ClientHandshake client = started(true);
        client.pollInit(0);
        give(client, refusal(), 100 * MS);
        client.onTimeout(599 * MS);
        assertThat(client.outcome()).isNull();
        assertThat(client.nextTimeoutNs()).isLessThanOrEqualTo(600 * MS);
        client.onTimeout(600 * MS);
        assertThat(client.outcome()).isInstanceOf(ClientHandshake.Outcome.WrongKey.class);
    }

    @Test
    void aResponseThatOpensInTimeOverrulesARefusal() {
        ClientHandshake client = started(true);
        client.pollInit(0);
        give(client, refusal(), 100 * MS);
        give(client, vectors.accepted(), 599 * MS);
        client.onTimeout(600 * MS);
        assertThat(client.outcome()).as("while it is being opened").isNull();
        runJob(client, 601 * MS);
        assertThat(client.outcome()).isInstanceOf(ClientHandshake.Outcome.Opened.class);
    }

    private byte[] refusal() {
        return RefusePacket.to(vectors.plainInit(), 0, RefusePacket.Reason.KEY).encode();
    }

    @Test
    void aResponseThatDoesNotOpenIsRememberedAndDoesNotStandInTheWay() {
        ClientHandshake client = started(true);
        client.pollInit(0);
        byte[] damaged = vectors.accepted();
        damaged[60] ^= 1;
        give(client, damaged, MS);
        runJob(client, MS);
        assertThat(client.outcome()).isNull();
        give(client, vectors.accepted(), 2 * MS);
        runJob(client, 2 * MS);
        assertThat(client.outcome()).isInstanceOf(ClientHandshake.Outcome.Opened.class);
    }

    @Test
    void shouldNothingBetterComeTheOutcomeIsWrongKey() {
        ClientHandshake client = started(true);
        client.pollInit(0);
        byte[] damaged = vectors.accepted();
        damaged[60] ^= 1;
        give(client, damaged, MS);
        runJob(client, MS);
        client.onTimeout(CONNECT_TIMEOUT_NS);
        assertThat(client.outcome()).isInstanceOf(ClientHandshake.Outcome.WrongKey.class);
    }

    @Test
    void oneResponseIsOpenedAtATime() {
        ClientHandshake client = started(true);
        client.pollInit(0);
        assertThat(give(client, vectors.accepted(), MS)).isNull();
        assertThat(give(client, vectors.accepted(), MS)).isEqualTo(DropReason.HANDSHAKE_CAP);
    }

    @Test
    void aKeyThatIsNobodysIsTheWrongKey() {
        var plan =
                new ClientHandshake.Plan(
                        GatewayPublicKey.of(HandshakeVectors.CRYPTO, new byte[32]),
                        HandshakeVectors.CLIENT_OFFER,
                        true,
                        CONNECT_TIMEOUT_NS);
        var client = new ClientHandshake(HandshakeVectors.CRYPTO, plan, 0);
        runJob(client, 0);
        assertThat(client.outcome()).isInstanceOf(ClientHandshake.Outcome.WrongKey.class);
        assertThat(client.pollInit(0)).isNull();
    }

    @Test
    void aStreamThatIsGoneEndsIt() {
        ClientHandshake client = started(false);
        client.pollInit(0);
        client.onGone();
        assertThat(client.outcome()).isEqualTo(new ClientHandshake.Outcome.NoAnswer());
    }

    private static Object give(ClientHandshake client, byte[] packet, long nowNs) {
        return client.onClear(packet, 0, packet.length, nowNs);
    }
}
