package dev.slipgate.benchmarks.jmh;

import dev.slipgate.protocol.crypto.Aead;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** AES-128-GCM on a packet whose header of 20 bytes is the associated data. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AeadBenchmark {
    private static final int HEADER_BYTES = 20;

    @Param({CryptoProviders.ACCP, CryptoProviders.JDK})
    public String provider;

    @Param({"64", "200", "1200"})
    public int lengthBytes;

    private final byte[] header = new byte[HEADER_BYTES];
    private byte[] plain;
    private byte[] packet;
    private byte[] sealedHeader;
    private byte[] sealed;
    private byte[] forged;
    private Aead sealer;
    private Aead opener;

    /** Makes a packet to open, and one that is forged. */
    @Setup
    public void prepare() {
        Crypto crypto = CryptoProviders.select(provider);
        sealer = crypto.aesGcm(new byte[16]);
        opener = crypto.aesGcm(new byte[16]);
        plain = new byte[lengthBytes];
        packet = new byte[lengthBytes + Aead.TAG_BYTES];
        seal();
        sealedHeader = header.clone();
        sealed = packet.clone();
        forged = packet.clone();
        forged[0] ^= 1;
    }

    /** With a new nonce each time, as the providers demand. */
    @Benchmark
    public int seal() {
        for (int i = 4; i < 12 && ++header[i] == 0; i++) {}
        return sealer.seal(header, 0, header, 0, HEADER_BYTES, plain, 0, lengthBytes, packet, 0);
    }

    @Benchmark
    public int open() {
        return open(sealed);
    }

    /** What a packet with a wrong tag costs. */
    @Benchmark
    public int refuse() {
        return open(forged);
    }

    private int open(byte[] from) {
        return opener.open(
                sealedHeader, 0, sealedHeader, 0, HEADER_BYTES, from, 0, from.length, plain, 0);
    }
}
