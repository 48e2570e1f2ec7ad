package dev.slipgate.gateway.loop;

import dev.slipgate.protocol.CloseReason;
import dev.slipgate.protocol.PeerAddress;
import dev.slipgate.protocol.session.Endpoint;
import dev.slipgate.protocol.session.Job;
import dev.slipgate.protocol.session.Transmit;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint without crypto: it sends each datagram back, runs a job for each that begins with
 * {@link #JOB}, counts peers as sessions, and says {@link #GOODBYE} to each when closed. The test
 * sets its deadline.
 */
public final class ToyEndpoint implements Endpoint {
    /** First byte of a datagram that asks for a job, and is sent back once that has run. */
    public static final byte JOB = 'j';

    /** The last datagram of a session. */
    public static final byte GOODBYE = 'g';

    /** What the next job waits for, if the test says so. */
    public volatile Runnable work = () -> {};

    public volatile long deadlineNs = NEVER;
    public volatile long timeoutAtNs = NEVER;
    public volatile @Nullable Thread jobDoneOn;

    private final Set<PeerAddress> peers = new HashSet<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Deque<Job> jobs = new ArrayDeque<>();

    private static final class Answer {
        private final PeerAddress peer;
        private final byte[] bytes;

        private Answer(PeerAddress peer, byte[] bytes) {
            this.peer = peer;
            this.bytes = bytes;
        }
    }

    private final class Work implements Job {
        private final Answer answer;

        private Work(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void run() {
            work.run();
        }
    }

    @Override
    public void onDatagram(PeerAddress peer, ByteBuffer datagram, long nowNs) {
        peers.add(peer);
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        var answer = new Answer(peer, bytes);
        if (bytes.length > 0 && bytes[0] == JOB) {
            jobs.add(new Work(answer));
        } else {
            answers.add(answer);
        }
    }

    @Override
    public void onTimeout(long nowNs) {
        timeoutAtNs = nowNs;
        deadlineNs = NEVER;
    }

    @Override
    public boolean pollTransmit(Transmit out, long nowNs) {
        Answer answer = answers.poll();
        if (answer == null) {
            return false;
        }
        System.arraycopy(answer.bytes, 0, out.bytes, 0, answer.bytes.length);
        out.length = answer.bytes.length;
        out.peer = answer.peer;
        return true;
    }

    @Override
    public @Nullable Job pollJob() {
        return jobs.poll();
    }

    @Override
    public void onJobDone(Job job, long nowNs) {
        jobDoneOn = Thread.currentThread();
        answers.add(((Work) job).answer);
    }

    @Override
    public long nextTimeoutNs() {
        return deadlineNs;
    }

    @Override
    public int sessionCount() {
        return peers.size();
    }

    @Override
    public void close(CloseReason reason, long nowNs) {
        for (PeerAddress peer : peers) {
            answers.add(new Answer(peer, new byte[] {GOODBYE}));
        }
        peers.clear();
    }
}
