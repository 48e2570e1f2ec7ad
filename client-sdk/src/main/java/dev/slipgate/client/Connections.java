package dev.slipgate.client;

import dev.slipgate.client.carrier.Carrier;
import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.channel.MessageCost;
import dev.slipgate.protocol.crypto.Crypto;
import dev.slipgate.protocol.crypto.CryptoProviders;
import dev.slipgate.protocol.end.ClientEndListener;
import dev.slipgate.protocol.end.EndConfig;
import dev.slipgate.protocol.end.EndListener;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.memory.BytePool;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.SessionStats;
import dev.slipgate.protocol.slipgate.ConnectFailure;
import dev.slipgate.protocol.slipgate.SlipgateClientConfig;
import dev.slipgate.protocol.slipgate.SlipgateClientEndpoint;
import dev.slipgate.protocol.slipgate.SlipgateSettings;
import dev.slipgate.protocol.slipgate.handshake.Offer;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a connection as the options say. Confined by the client's lock. */
final class Connections {
    /** What the client's arrays may hold while nobody uses them. */
    private static final long MAX_POOLED_BYTES = 1 << 20;

    /** What the node may have sent and the application not handled, unless messages are larger. */
    private static final long USUAL_CREDIT_BYTES = 1 << 20;

    private final Target target;
    private final ClientOptions options;
    private final Crypto crypto = CryptoProviders.select(CryptoProviders.AUTO);
    private final BytePool pool = new BytePool(MAX_POOLED_BYTES);
    private final DropCounter drops = new DropCounter();
    private final EndConfig endConfig;

    Connections(Target target) {
        this.target = target;
        this.options = target.options();
        this.endConfig =
                new EndConfig(
                        EndConfig.Role.CLIENT,
                        options.outboxBytes(),
                        Math.max(
                                USUAL_CREDIT_BYTES, 2L * MessageCost.of(options.maxMessageBytes())),
                        options.maxMessageBytes());
    }

    long connectTimeoutNs() {
        return options.connectTimeoutNs();
    }

    long delayMs(ReconnectPolicy policy, int attempt) {
        return policy.delayMs(attempt, options.random());
    }

    /** Whether what this client sends on a channel is kept until it is handled. */
    boolean reliable(int channel) {
        return options.channels().getOrDefault(channel, Delivery.ofChannel(channel)).reliable();
    }

    /** The end of another connection. */
    SessionEnd newEnd(EndListener listener) {
        var end = new SessionEnd(pool, endConfig, listener);
        options.channels().forEach(end::declare);
        return end;
    }

    /**
     * Begins to connect.
     *
     * @param endsAtNs when the time to connect is over
     * @param failed hears of a failed handshake
     * @throws IOException when there is nobody to connect to; the message is a clause for users
     */
    Attempt attempt(
            Target.Lookup lookup, SessionEnd end, long endsAtNs, Consumer<ConnectFailure> failed)
            throws IOException {
        if (lookup.problem() != null) {
            throw new IOException(lookup.problem());
        }
        byte[] key = target.gatewayKey();
        if (key == null) {
            throw new IOException("no gateway listens on " + target.uri());
        }
        var gateway = new GatewayPeer(target.uri().host());
        Carrier carrier = target.open(lookup);
        var listener = new ClientEndListener(end, failed);
        return new Attempt(
                carrier,
                nowNs ->
                        new SlipgateClientEndpoint(
                                config(end, Math.max(1, endsAtNs - nowNs)),
                                target.kind(),
                                crypto,
                                key,
                                options.token(),
                                gateway,
                                options.random(),
                                listener,
                                drops,
                                pool),
                gateway);
    }

    private SlipgateClientConfig config(SessionEnd end, long connectTimeoutNs) {
        var offer =
                new Offer(
                        target.kind().maxPacketBytes(),
                        options.idleTimeoutMs(),
                        end.firstCreditBytes(),
                        options.maxMessageBytes());
        return new SlipgateClientConfig(SlipgateSettings.defaults(), offer, connectTimeoutNs);
    }

    ClientStats stats(@Nullable Attempt attempt, SessionEnd end, int connects) {
        Session session = attempt == null ? null : attempt.session();
        SessionStats counted = session == null ? new SessionStats() : session.stats();
        return new ClientStats(
                counted.rttNs,
                counted.jitterNs,
                counted.lossOut,
                counted.lossIn,
                counted.packetsSent,
                counted.packetsReceived,
                counted.bytesSent,
                counted.bytesReceived,
                counted.messagesSent,
                counted.messagesReceived,
                end.outboxBytes(),
                connects);
    }
}
