package dev.slipgate.testing.simulation;

import dev.slipgate.protocol.DropCounter;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.end.SessionEnd;
import dev.slipgate.protocol.session.Session;
import dev.slipgate.protocol.session.TokenVerifier;
import dev.slipgate.protocol.slipgate.CarrierKind;
import dev.slipgate.protocol.slipgate.SlipgateServerConfig;
import dev.slipgate.protocol.slipgate.SlipgateServerEndpoint;
import dev.slipgate.protocol.slipgate.handshake.GatewayKeys;
import dev.slipgate.protocol.slipgate.handshake.HandshakeLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The gateway's endpoint for one kind of carrier, and the node behind it. */
final class GatewayMachine extends Machine {
    private static final String NAME = "gateway";
    private static final long EPOCH_AT_ZERO_NS = 1_700_000_000_000_000_000L;
    private static final byte[] COOKIE_SECRET =
            "a secret of the process".getBytes(StandardCharsets.US_ASCII);

    /** The first word of a token is who it is. */
    private static final TokenVerifier VERIFIER =
            token -> {
                String text = new String(token, StandardCharsets.US_ASCII);
                return new TokenVerifier.Verdict.Accepted(text.substring(0, text.indexOf(' ')));
            };

    private final CarrierKind kind;

    GatewayMachine(World world, CarrierKind kind) {
        super(world, new DropCounter());
        this.kind = kind;
        runs(
                new SlipgateServerEndpoint(
                        config(world),
                        kind,
                        world.crypto(),
                        new GatewayKeys(List.of(World.KEY)),
                        NAME,
                        VERIFIER,
                        world.secureRandom(),
                        new NodeTap(),
                        drops,
                        world.pool(),
                        EPOCH_AT_ZERO_NS,
                        kind.ordinal(),
                        COOKIE_SECRET));
    }

    private static SlipgateServerConfig config(World world) {
        HandshakeLimits limits = HandshakeLimits.defaults();
        return SlipgateServerConfig.defaults()
                .withSession(world.plan().settings())
                .withOffer(world.offer())
                .withHandshakes(world.plan().cookies() ? limits.withCookieThreshold(0) : limits);
    }

    @Override
    void carry(PeerAddress to, byte[] packet) {
        if (kind == CarrierKind.DATAGRAM) {
            world.fromGateway((Place) to, packet);
        } else {
            world.streamAt((Place) to).down(packet);
        }
    }

    @Override
    void closeStream(PeerAddress peer) {
        world.streamAt((Place) peer).closeFromGateway();
    }

    /** Where the gateway's sessions report to. */
    private final class NodeTap extends EndTap {
        NodeTap() {
            super(GatewayMachine.this, kind);
        }

        @Override
        SessionEnd endOf(Session session) {
            return world.player(session.identity()).nodeEnd();
        }
    }
}
