package dev.slipgate.protocol.mpgameserver;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.session.Job;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A client's way to its session's key: makes keys, says hello until answered, checks answers. */
final class ClientHandshake {
    private final MpClientConfig config;
    private final Crypto crypto;
    private final RandomGenerator random;
    private final SessionContext context;
    private final @Nullable PublicKey pinned;
    private final long givesUpAtNs;
    private @Nullable Job nextJob;
    private boolean checking;
    private boolean refused;
    private @Nullable KeyPair keys;
    private byte @Nullable [] hello;
    private long helloDueNs;

    ClientHandshake(
            MpClientConfig config,
            Crypto crypto,
            RandomGenerator random,
            SessionContext context,
            @Nullable PublicKey pinned,
            long nowNs) {
        this.config = config;
        this.crypto = crypto;
        this.random = random;
        this.context = context;
        this.pinned = pinned;
        this.givesUpAtNs = nowNs + config.connectTimeoutNs();
        this.nextJob = new ClientKeysJob(crypto);
    }

    @Nullable Job pollJob() {
        Job job = nextJob;
        nextJob = null;
        return job;
    }

    void onKeys(ClientKeysJob job, long nowNs) {
        KeyPair made = job.keys();
        if (made == null) {
            return;
        }
        keys = made;
        byte[] body = ClientHello.encode(made.getPublic().getEncoded(), context.sizes(), random);
        hello =
                PlainPacket.encode(
                        Wire.MAGIC_TO_SERVER, context.secondsAt(nowNs), 0, Wire.CLIENT_HELLO, body);
        helloDueNs = nowNs;
    }

    /** Takes an answer to check, one at a time; null, or why it is dropped. */
    @Nullable DropReason onAnswer(byte[] datagram, int offset, int length) {
        if (!PlainPacket.lengthAgrees(datagram, offset, length)) {
            return DropReason.BAD_LENGTH;
        }
        if (!PlainPacket.crcAgrees(datagram, offset, length)) {
            return DropReason.BAD_CRC;
        }
        KeyPair own = keys;
        if (own == null || checking || !PlainPacket.numbersAgree(datagram, offset)) {
            return DropReason.BAD_HELLO;
        }
        byte[] copy = new byte[length];
        System.arraycopy(datagram, offset, copy, 0, length);
        checking = true;
        nextJob = new ClientCheckJob(crypto, own.getPrivate(), pinned, copy);
        return null;
    }

    /** An answer was refused: another may still come. */
    void onRefused() {
        checking = false;
        refused = true;
    }

    /** The hello to send now, or null. */
    byte @Nullable [] pollHello(long nowNs) {
        if (hello == null || checking || nowNs < helloDueNs) {
            return null;
        }
        helloDueNs = nowNs + config.helloRetryNs();
        return hello;
    }

    boolean expired(long nowNs) {
        return nowNs >= givesUpAtNs;
    }

    /** What the client has come to when time is up. */
    ClientState failure() {
        return refused ? ClientState.REFUSED : ClientState.TIMED_OUT;
    }

    long nextTimeoutNs() {
        return hello == null || checking ? givesUpAtNs : Math.min(givesUpAtNs, helloDueNs);
    }
}
