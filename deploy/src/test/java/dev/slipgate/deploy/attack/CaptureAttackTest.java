package dev.slipgate.deploy.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an attacker makes of a recorded exchange changes nothing, is counted, and gets no answer
 * bigger than itself.
 */
@Tag("ci")
class CaptureAttackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ANSWER_MS = 500;
    private static final int MESSAGES = 60;
    private static final int WINDOW = 32;
    private static final int TURNS_PER_PACKET = 4;

    @TempDir static Path directory;
    private static RealChain chain;
    private static RealProcess node;

    private final Random random = new Random(20);
    private RecordingProxy proxy;
    private EchoedClient client;
    private long handledBefore;

    @BeforeAll
    static void startChain() throws Exception {
        chain = new RealChain(directory);
        node = chain.echoNode();
    }

    @AfterAll
    static void stopChain() {
        chain.close();
    }

    @BeforeEach
    void capture() throws IOException {
        handledBefore = handled();
        proxy = new RecordingProxy(chain.address);
        client = new EchoedClient(chain.player(proxy.address()));
        client.exchange(MESSAGES);
        proxy.stopRecording();
    }

    @AfterEach
    void theSessionGoesOnAndNothingCameOfTheAttack() throws IOException {
        client.exchange(MESSAGES);
        assertThat(handled() - handledBefore).isEqualTo(client.sent());
        assertThat(chain.ofLinks("connections")).isEqualTo(1);
        client.close();
        await().atMost(PATIENCE).until(() -> chain.ofLinks("connections") == 0);
        proxy.close();
    }

    @Test
    void replayedFromTheSameAddress() throws IOException {
        List<byte[]> sealed = sealed();
        int recent = sealed.size() - WINDOW / 2;
        expect("replayed_packet", sealed.subList(recent, sealed.size()));
        expect("stale_packet", sealed.subList(0, sealed.size() - 2 * WINDOW));
        expect("hello_on_live_session", List.of(hello()));
        expect("bad_direction", proxy.down);
    }

    @Test
    void truncated() throws IOException {
        byte[] packet = sealed().getLast();
        expect("bad_size", List.of(Mutation.truncated(packet, 1), Mutation.truncated(packet, 23)));
        expect("bad_length", List.of(Mutation.truncated(packet, packet.length - 1)));
        expect("bad_length", List.of(Mutation.truncated(hello(), 1000)));
        expect("bad_size", List.of(new byte[1473]));
        List<byte[]> all = new ArrayList<>();
        for (byte[] datagram : proxy.up) {
            all.add(Mutation.truncated(datagram, random.nextInt(datagram.length)));
        }
        expectAllDropped(all);
    }

    @Test
    void turnedBits() throws IOException {
        byte[] packet = sealed().getLast();
        expect("bad_magic", List.of(Mutation.turned(packet, 0, 1)));
        expect("bad_direction", List.of(Mutation.turned(packet, 3, 'S' ^ 'C')));
        expect("bad_type", List.of(Mutation.turned(packet, Mutation.TYPE_AT, 0x40)));
        expect("bad_length", List.of(Mutation.turned(packet, Mutation.LENGTH_AT + 1, 1)));
        for (int at : List.of(4, 9, 11, 15, 19, Mutation.HEADER_BYTES, packet.length - 1)) {
            expect("bad_tag", List.of(Mutation.turned(packet, at, 1)));
        }
        expect("bad_crc", List.of(Mutation.turned(hello(), 700, 1)));
        expect("unpadded_hello", List.of(Mutation.helloOf(hello(), 200)));
        List<byte[]> all = new ArrayList<>();
        for (byte[] datagram : proxy.up) {
            for (int i = 0; i < TURNS_PER_PACKET; i++) {
                all.add(Mutation.turned(datagram, random));
            }
        }
        expectAllDropped(all);
    }

    /** Each from an address of its own; the hello alone may be answered, once per datagram. */
    @Test
    void fromStrangers() throws IOException {
        List<byte[]> datagrams = new ArrayList<>(proxy.up);
        datagrams.addAll(proxy.down);
        datagrams.add(new byte[0]);
        datagrams.add(Mutation.helloOf(hello(), 200));
        for (byte[] datagram : proxy.up) {
            datagrams.add(Mutation.turned(datagram, random));
            datagrams.add(Mutation.truncated(datagram, random.nextInt(datagram.length)));
        }
        long unknown = chain.drops("no_session");

        List<Stranger> strangers = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            String host = "127.0.1." + (1 + strangers.size() % 200);
            strangers.add(new Stranger(host, chain.address, datagram));
        }
        int answered = 0;
        for (Stranger stranger : strangers) {
            int bytes = stranger.answeredBytes(answered == 0 ? ANSWER_MS : 1);
            assertThat(bytes).isLessThanOrEqualTo(stranger.sentBytes);
            answered += bytes > 0 ? 1 : 0;
            stranger.close();
        }

        assertThat(answered).as("the hello itself").isEqualTo(1);
        assertThat(chain.drops("no_session")).isGreaterThanOrEqualTo(unknown + sealed().size());
        assertThat(chain.gateway.stats().at("/gateway/sessions").asInt()).isEqualTo(1);
    }

    private byte[] hello() {
        return proxy.up.getFirst();
    }

    private List<byte[]> sealed() {
        return proxy.up.stream().filter(datagram -> !Mutation.isHello(datagram)).toList();
    }

    @Test
    void anEmptyDatagramIsCountedAsAnyOther() throws IOException {
        long before = chain.drops("bad_size");
        try (var stranger = new Stranger("127.0.0.1", chain.address, new byte[0])) {
            await().atMost(PATIENCE).until(() -> chain.drops("bad_size") == before + 1);
            assertThat(stranger.answeredBytes(ANSWER_MS)).isZero();
        }
    }

    /** Sends from the client's address; each is dropped for the reason. */
    private void expect(String reason, List<byte[]> datagrams) throws IOException {
        assertThat(datagrams).isNotEmpty();
        long before = chain.drops(reason);
        for (byte[] datagram : datagrams) {
            proxy.inject(datagram);
        }
        await(reason)
                .atMost(PATIENCE)
                .until(() -> chain.drops(reason) >= before + datagrams.size());
    }

    /** The same for any reason. */
    private void expectAllDropped(List<byte[]> datagrams) throws IOException {
        long before = allDrops();
        for (byte[] datagram : datagrams) {
            proxy.inject(datagram);
        }
        await("dropped").atMost(PATIENCE).until(() -> allDrops() >= before + datagrams.size());
    }

    private static long allDrops() {
        long sum = 0;
        for (JsonNode count : chain.gateway.stats().at("/gateway/drops")) {
            sum += count.asLong();
        }
        return sum;
    }

    private static long handled() {
        long sum = 0;
        for (JsonNode lane : node.stats().at("/node/lanes")) {
            sum += lane.at("/messagesReceived").asLong();
        }
        return sum;
    }
}
