package dev.slipgate.protocol.slipgate.handshake;

import dev.slipgate.protocol.DropReason;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.X25519KeyPair;
import dev.slipgate.protocol.noise.NkResponder;
import dev.slipgate.protocol.noise.TransportKeys;
import dev.slipgate.protocol.session.Job;

/** The gateway's costly part of a handshake: two agreements, a fresh key, the answer. */
final class ResponderJob implements Job {
    /** What came out. */
    sealed interface Result {
        /**
         * The handshake is complete.
         *
         * @param response the whole packet
         * @param keys of the session
         * @param theirs what the client takes
         */
        record Answered(byte[] response, TransportKeys keys, Offer theirs) implements Result {}

        /**
         * There is no room for the session.
         *
         * @param response the whole packet
         */
        record TurnedAway(byte[] response) implements Result {}

        /** The INIT is not one. */
        record Failed(DropReason reason) implements Result {}
    }

    final InitSlot slot;
    private final Crypto crypto;
    private final GatewayKey key;
    private final byte[] prologue;
    private final byte[] message1;
    private final ResponsePayload plan;
    private Result result = new Result.Failed(DropReason.BAD_TAG);

    /**
     * @param plan what to answer; of an {@code Accepted} the features and the idle timeout are yet
     *     to be agreed
     */
    ResponderJob(
            InitSlot slot,
            Crypto crypto,
            GatewayKey key,
            byte[] prologue,
            byte[] message1,
            ResponsePayload plan) {
        this.slot = slot;
        this.crypto = crypto;
        this.key = key;
        this.prologue = prologue;
        this.message1 = message1;
        this.plan = plan;
    }

    @Override
    public void run() {
        try {
            result = respond(crypto.generateX25519());
        } catch (RuntimeException e) {
            // The provider refused: no answer, as for a packet that does not open.
            result = new Result.Failed(DropReason.BAD_TAG);
        }
    }

    /** The work itself, under a given ephemeral key. */
    Result respond(X25519KeyPair ephemeral) {
        var responder = new NkResponder(crypto, prologue, key.pair());
        byte[] opened = responder.readMessage1(message1);
        if (opened == null) {
            return new Result.Failed(DropReason.BAD_TAG);
        }
        InitPayload init = InitPayload.decode(opened);
        if (init == null) {
            return new Result.Failed(DropReason.BAD_HELLO);
        }
        ResponsePayload payload = agree(init);
        byte[] message2 = responder.writeMessage2(ephemeral, payload.encode());
        byte[] packet = ResponsePacket.encode(key.id(), message2);
        return switch (payload) {
            case ResponsePayload.Accepted accepted ->
                    new Result.Answered(packet, responder.transportKeys(), init.offer());
            case ResponsePayload.Full full -> new Result.TurnedAway(packet);
        };
    }

    private ResponsePayload agree(InitPayload init) {
        return switch (plan) {
            case ResponsePayload.Full full -> full;
            case ResponsePayload.Accepted accepted ->
                    new ResponsePayload.Accepted(
                            accepted.sessionId(),
                            accepted.resetToken(),
                            accepted.features() & init.features(),
                            accepted.offer().withIdleTimeoutAtMost(init.offer().idleTimeoutMs()));
        };
    }

    /** What came of {@link #run}. */
    Result result() {
        return result;
    }
}
