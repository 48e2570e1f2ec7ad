package dev.slipgate.benchmarks.echo;

import dev.slipgate.benchmarks.RunningServers;
import dev.slipgate.benchmarks.load.LoadGenerator;
import dev.slipgate.benchmarks.measure.ProcessMeter;
import java.io.IOException;
import java.util.List;

/** A server that echoes, and how it is loaded. It runs until it is closed. */
interface EchoServer extends RunningServers.Server {
    /** What it is called in the report. */
    String name();

    /** The processes that it consists of, the one that is compared first. */
    List<ProcessMeter> meters();

    /**
     * Connects the clients of a load.
     *
     * @throws dev.slipgate.runtime.lifecycle.StartFailure when they are refused
     */
    LoadGenerator connect() throws IOException;
}
