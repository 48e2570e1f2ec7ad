package dev.slipgate.benchmarks.jmh;

import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;

/** A client and a server in memory, on one thread and one clock. */
final class CoupledEndpoints {
    static final PeerAddress CLIENT = () -> "client";
    static final PeerAddress SERVER = () -> "server";

    private final Endpoint client;
    private final Endpoint server;
    private final Transmit out = new Transmit(2048);
    private final ByteBuffer wire = ByteBuffer.wrap(out.bytes);

    CoupledEndpoints(Endpoint client, Endpoint server) {
        this.client = client;
        this.server = server;
    }

    /** Carries what the client has to say to the server, then what that has to say back. */
    void exchange(long nowNs) {
        while (client.pollTransmit(out, nowNs)) {
            server.onDatagram(CLIENT, wire.limit(out.length).position(0), nowNs);
        }
        while (server.pollTransmit(out, nowNs)) {
            client.onDatagram(SERVER, wire.limit(out.length).position(0), nowNs);
        }
    }

    /** Lets the timers of both run, and the costly jobs that wait. */
    void tick(long nowNs) {
        tick(client, nowNs);
        tick(server, nowNs);
    }

    private static void tick(Endpoint each, long nowNs) {
        each.onTimeout(nowNs);
        for (Job job = each.pollJob(); job != null; job = each.pollJob()) {
            job.run();
            each.onJobDone(job, nowNs);
        }
    }
}
