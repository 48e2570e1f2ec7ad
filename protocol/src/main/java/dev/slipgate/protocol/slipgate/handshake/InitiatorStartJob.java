package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import dev.slipgate.protocol.noise.NkInitiator;
import dev.slipgate.protocol.session.Job;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The client's first costly part: a fresh key, an agreement, the INIT. */
final class InitiatorStartJob implements Job {
    private final Crypto crypto;
    private final GatewayPublicKey gateway;
    private final Offer offer;
    private @Nullable NkInitiator initiator;
    private byte @Nullable [] init;

    InitiatorStartJob(Crypto crypto, GatewayPublicKey gateway, Offer offer) {
        this.crypto = crypto;
        this.gateway = gateway;
        this.offer = offer;
    }

    @Override
    public void run() {
        try {
            start(crypto.generateX25519());
        } catch (RuntimeException e) {
            // A point of small order instead of a key, or the provider refused.
            init = null;
        }
    }

    /** The work itself, under a given ephemeral key. */
    void start(X25519KeyPair ephemeral) {
        byte[] prologue = InitPacket.prologue(gateway.id());
        var made = new NkInitiator(crypto, prologue, gateway.bytes(), ephemeral);
        var payload = new InitPayload(ClearHeader.VERSION, ClearHeader.VERSION, 0, offer);
        init = InitPacket.encode(prologue, made.writeMessage1(payload.encode()));
        initiator = made;
    }

    /** The packet; null when it could not be made. */
    byte @Nullable [] init() {
        return init;
    }

    /** What opens the answers. Only when {@link #init} is not null. */
    NkInitiator initiator() {
        return Objects.requireNonNull(initiator, "not started");
    }
}
