package dev.slipgate.testing.gateway;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import java.io.IOException;

/** What moves the packets of an {@link EchoGateway}; on its thread. */
interface GatewayNet extends AutoCloseable {
    /** Reads what is there; waits for a millisecond at most when there is nothing. */
    void read(Endpoint into) throws IOException;

    void send(PeerAddress peer, byte[] bytes, int length) throws IOException;

    void closeStream(PeerAddress peer);

    /** Scheme, host and port of its URI; with a query where it needs one. */
    String place();

    @Override
    void close();
}
