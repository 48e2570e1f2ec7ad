package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Reads recorded bytes as a gateway or a client would, and names what becomes of them. */
final class VectorReader {
    private static final long CONNECT_TIMEOUT_NS = 5_000_000_000L;

    private record Stranger(String host) implements PeerAddress {}

    /** A host that has no other session, and room. */
    private static final class EmptyHost implements ServerHandshakes.Host {
        @Override
        public boolean isTaken(long sessionId) {
            return false;
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void onBegun(InitSlot slot) {}

        @Override
        public void onForgotten(InitSlot slot) {}
    }

    private final HandshakeVectors vectors;
    private final PeerAddress peer = new Stranger("stranger");
    private final Transmit out = new Transmit(1200);

    VectorReader(HandshakeVectors vectors) {
        this.vectors = vectors;
    }

    /** The name of what a gateway does with the bytes. */
    String readByGateway(byte[] bytes) {
        ServerHandshakes gateway = gateway();
        DropReason refusal = gateway.onClear(peer, bytes, 0, bytes.length, 0);
        if (refusal == DropReason.BAD_VERSION) {
            return "refuse 1";
        }
        if (refusal == DropReason.UNKNOWN_KEY) {
            return "refuse 2";
        }
        if (refusal != null) {
            return "dropped";
        }
        Job job = Objects.requireNonNull(gateway.pollJob());
        job.run();
        gateway.onJobDone(job);
        return gateway.pollTransmit(out) ? "opens" : "does not open";
    }

    /** The packet with which a gateway answers. */
    byte[] answerTo(byte[] init) {
        ServerHandshakes gateway = gateway();
        gateway.onClear(peer, init, 0, init.length, 0);
        Job job = Objects.requireNonNull(gateway.pollJob());
        job.run();
        gateway.onJobDone(job);
        gateway.pollTransmit(out);
        return Arrays.copyOf(out.bytes, out.length);
    }

    private ServerHandshakes gateway() {
        RandomGenerator random = () -> HandshakeVectors.SESSION_ID << 8;
        return new ServerHandshakes(
                HandshakeLimits.defaults(),
                FixedEphemeral.of(HandshakeVectors.CRYPTO, vectors.gatewayEphemeral),
                new ServerHandshakes.Identity(
                        vectors.keys,
                        HandshakeVectors.GATEWAY_NAME,
                        HandshakeVectors.GATEWAY_OFFER,
                        HandshakeVectors.RETRY_AFTER_MS),
                new EmptyHost(),
                random,
                new DropCounter(),
                0,
                (int) (HandshakeVectors.SESSION_ID >>> 56),
                new byte[32]);
    }

    /** The name of what a client that has sent the plain INIT does with the bytes. */
    String readByClient(byte[] bytes) {
        if (ClearHeader.refusal(bytes, 0, bytes.length) == null
                && ClearHeader.kind(bytes, 0) == ClearHeader.RESET) {
            byte[] token = vectors.resetToken();
            return ResetPacket.isFor(bytes, 0, bytes.length, HandshakeVectors.SESSION_ID, token)
                    ? "reset"
                    : "dropped";
        }
        ClientHandshake client = client();
        if (client.onClear(bytes, 0, bytes.length, 0) != null) {
            return "dropped";
        }
        Job job = client.pollJob();
        if (job != null) {
            job.run();
            client.onJobDone(job, 0);
        }
        return name(client, job);
    }

    private static String name(ClientHandshake client, @Nullable Job job) {
        if (client.pollInit(0) != null) {
            return "cookie";
        }
        if (job == null) {
            client.onTimeout(500_000_000L);
        }
        return switch (client.outcome()) {
            case ClientHandshake.Outcome.Opened opened -> "accepted";
            case ClientHandshake.Outcome.Full full -> "full";
            case ClientHandshake.Outcome.VersionMismatch mismatch -> "refused 1";
            case ClientHandshake.Outcome.WrongKey wrongKey -> "refused 2";
            case ClientHandshake.Outcome.NoAnswer nothing -> "no answer";
            case null -> "does not open";
        };
    }

    private ClientHandshake client() {
        var client =
                new ClientHandshake(
                        FixedEphemeral.of(HandshakeVectors.CRYPTO, vectors.clientEphemeral),
                        new ClientHandshake.Plan(
                                vectors.first.publicKey(),
                                HandshakeVectors.CLIENT_OFFER,
                                true,
                                CONNECT_TIMEOUT_NS),
                        0);
        Job start = Objects.requireNonNull(client.pollJob());
        start.run();
        client.onJobDone(start, 0);
        if (!Arrays.equals(client.pollInit(0), vectors.plainInit())) {
            throw new AssertionError("the client's INIT is not the recorded one");
        }
        return client;
    }
}
