package dev.slipgate.benchmarks.jmh;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import dev.slipgate.protocol.noise.NkInitiator;
import dev.slipgate.protocol.noise.NkResponder;
import dev.slipgate.protocol.noise.TransportKeys;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a gateway computes for one native handshake, whole and in parts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NoiseBenchmark {
    private static final int INIT_PAYLOAD_BYTES = 1108;

    @Param({CryptoProviders.ACCP, CryptoProviders.JDK})
    public String provider;

    private final byte[] prologue = new byte[12];
    private final byte[] answer = new byte[44];
    private Crypto crypto;
    private X25519KeyPair own;
    private X25519KeyPair other;
    private byte[] message1;

    @Setup
    public void prepare() {
        crypto = CryptoProviders.select(provider);
        own = crypto.generateX25519();
        other = crypto.generateX25519();
        message1 =
                new NkInitiator(crypto, prologue, own.publicKey(), other)
                        .writeMessage1(new byte[INIT_PAYLOAD_BYTES]);
    }

    /** INIT in, RESPONSE out: a key pair, two agreements, two payloads, the keys. */
    @Benchmark
    public TransportKeys handshake() {
        NkResponder responder = new NkResponder(crypto, prologue, own);
        if (responder.readMessage1(message1) == null) {
            throw new IllegalStateException("message 1 does not open");
        }
        responder.writeMessage2(crypto.generateX25519(), answer);
        return responder.transportKeys();
    }

    @Benchmark
    public X25519KeyPair generate() {
        return crypto.generateX25519();
    }

    @Benchmark
    public byte @Nullable [] agree() {
        return crypto.agreeX25519(own.privateKey(), other.publicKey());
    }

    /** What a flood of INITs without a cookie costs beyond finding its key. */
    @Benchmark
    public byte[] cookie() {
        return crypto.hmacSha256(prologue, answer, crypto.sha256(message1));
    }
}
