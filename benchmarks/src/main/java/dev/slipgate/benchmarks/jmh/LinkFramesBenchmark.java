package dev.slipgate.benchmarks.jmh;

import dev.slipgate.protocol.channel.Delivery;
import dev.slipgate.protocol.link.FrameReader;
import dev.slipgate.protocol.link.FrameWriter;
import dev.slipgate.protocol.link.LinkWire;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Frames of a full batch: what a message of 200 bytes costs on its way into it and out of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LinkFramesBenchmark {
    private static final int MESSAGES = 64;
    private static final int WHOLE =
            LinkWire.FLAG_FIRST | LinkWire.FLAG_LAST | LinkWire.FLAG_UNIT_END;

    private final byte[] message = new byte[200];
    private final byte[] batch = new byte[32 * 1024];
    private final FrameWriter writer = new FrameWriter();
    private final FrameReader reader = new FrameReader();
    private int end;

    /** Makes a batch to read. */
    @Setup
    public void prepare() {
        end = write();
    }

    /** An ack and a message each, as an echo leaves them. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int write() {
        writer.begin(batch, LinkWire.HEADER_BYTES, batch.length);
        for (int i = 1; i <= MESSAGES; i++) {
            writer.deliveryAck(i, 1, 0, i);
            writer.data(i, 1, WHOLE, Delivery.RELIABLE, i, 200, message, 0, 200);
        }
        return writer.position();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long read() {
        long seen = 0;
        reader.begin(batch, LinkWire.HEADER_BYTES, end);
        while (reader.next() == FrameReader.Step.FRAME) {
            seen += reader.connection() + reader.dataLength();
        }
        return seen;
    }
}
