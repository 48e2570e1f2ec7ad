package dev.slipgate.benchmarks.jmh;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.crypto.InvalidKeyFileException;
import dev.slipgate.protocol.crypto.P256KeyFile;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a server computes for one handshake on P-256, whole and in parts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandshakeBenchmark {
    private static final int SALT_BYTES = 16;
    private static final int INFO_BYTES = 43;
    private static final int KEY_BYTES = 16;

    @Param({CryptoProviders.ACCP, CryptoProviders.JDK})
    public String provider;

    private final byte[] salt = new byte[SALT_BYTES];
    private final byte[] info = new byte[INFO_BYTES];
    private final byte[] secret = new byte[32];
    private Crypto crypto;
    private KeyPair root;
    private byte[] clientSpki;

    /** The root key comes from a key file, as a gateway's does. */
    @Setup
    public void prepare() throws InvalidKeyFileException {
        crypto = CryptoProviders.select(provider);
        root = P256KeyFile.readPrivate(P256KeyFile.writePrivate(crypto.generateP256()));
        clientSpki = crypto.generateP256().getPublic().getEncoded();
    }

    /** Key pair, agreement, key derivation and signature. */
    @Benchmark
    public byte[] handshake() throws GeneralSecurityException {
        KeyPair ephemeral = crypto.generateP256();
        byte[] shared = crypto.ecdhP256(ephemeral.getPrivate(), clientSpki);
        byte[] key = crypto.hkdfSha256(shared, salt, info, KEY_BYTES);
        byte[] signature = crypto.signP256(root.getPrivate(), ephemeral.getPublic().getEncoded());
        signature[0] ^= key[0];
        return signature;
    }

    @Benchmark
    public KeyPair generate() {
        return crypto.generateP256();
    }

    @Benchmark
    public byte[] agree() throws GeneralSecurityException {
        return crypto.ecdhP256(root.getPrivate(), clientSpki);
    }

    @Benchmark
    public byte[] sign() {
        return crypto.signP256(root.getPrivate(), clientSpki);
    }

    @Benchmark
    public byte[] hkdf() {
        return crypto.hkdfSha256(secret, salt, info, KEY_BYTES);
    }
}
