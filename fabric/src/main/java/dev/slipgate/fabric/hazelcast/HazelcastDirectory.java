package dev.slipgate.fabric.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.slipgate.fabric.directory.Directory;
import dev.slipgate.fabric.directory.DirectoryListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Teller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The directory on Hazelcast: an entry per process in a map, believed while its process is a
 * member. A lost event or a lost map costs seconds, not the directory: everything is read again,
 * and the own entry put again, at each event and every {@link #REFRESH_MS}.
 *
 * <p>Two threads: one tells listeners and never waits for the network, so that a member's death is
 * told while brokers hang; one reads and writes the map.
 */
final class HazelcastDirectory implements Directory {
    static final String MAP = "slipgate.processes";

    private static final long REFRESH_MS = 3_000;
    private static final long CLOSE_TIMEOUT_MS = 2_000;

    private final HazelcastInstance hazelcast;
    private final ProcessEntries entries;
    private final DirectoryView view = new DirectoryView();
    private final List<DirectoryListener> listeners = new ArrayList<>();
    private final Teller teller = new Teller();
    private final Thread reader;
    private final Semaphore news = new Semaphore(0);

    /** Those who wait for the next reading: bounded by a process asking when it starts. */
    private final Queue<CompletableFuture<Collection<ProcessRecord>>> asking =
            new ConcurrentLinkedQueue<>();

    private volatile List<ProcessRecord> processes = List.of();
    private volatile boolean closed;

    private HazelcastDirectory(HazelcastInstance hazelcast, boolean cleansUp) {
        this.hazelcast = hazelcast;
        this.entries = new ProcessEntries(hazelcast, cleansUp);
        this.reader =
                Thread.ofPlatform()
                        .daemon()
                        .name("slipgate-directory-map")
                        .unstarted(this::readUntilClosed);
    }

    /**
     * Opens the directory of a member.
     *
     * @param cleansUp whether this process removes the entries of those that are gone; brokers do
     */
    static HazelcastDirectory open(HazelcastInstance hazelcast, boolean cleansUp) {
        var directory = new HazelcastDirectory(hazelcast, cleansUp);
        hazelcast.getCluster().addMembershipListener(directory.new MemberEvents());
        hazelcast.getLifecycleService().addLifecycleListener(event -> directory.refreshSoon());
        directory.entries.listen(directory.new EntryEvents());
        directory.reader.start();
        directory.refreshSoon();
        return directory;
    }

    @Override
    public void announce(ProcessRecord self) {
        entries.announce(self);
        refreshSoon();
    }

    @Override
    public void withdraw() {
        entries.withdraw();
        refreshSoon();
    }

    @Override
    public Collection<ProcessRecord> processes() {
        return processes;
    }

    @Override
    public CompletionStage<Collection<ProcessRecord>> readAnew() {
        var asked = new CompletableFuture<Collection<ProcessRecord>>();
        asking.add(asked);
        refreshSoon();
        if (closed) {
            refuseAskers();
        }
        return asked;
    }

    @Override
    public void listen(DirectoryListener listener) {
        teller.tell(
                () -> {
                    listeners.add(listener);
                    view.processes().forEach(listener::onUp);
                });
    }

    @Override
    public void close() {
        entries.withdraw();
        closed = true;
        news.release();
        try {
            reader.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.interrupt();
        teller.close();
    }

    /** First tells what the membership alone says, then reads the map once more. */
    private void refreshSoon() {
        teller.tell(() -> tell(null));
        news.release();
    }

    private void readUntilClosed() {
        try {
            while (!closed) {
                news.tryAcquire(REFRESH_MS, TimeUnit.MILLISECONDS);
                // What happened until now is read at once.
                news.drainPermits();
                readOnce();
            }
            // Takes the own entry out, if close came after the last turn.
            entries.refresh(members().processIds(), System.nanoTime());
        } catch (InterruptedException e) {
            // Closed while a broker did not answer.
        } finally {
            refuseAskers();
        }
    }

    private void refuseAskers() {
        var closing = new IllegalStateException("the directory is closed");
        takeAskers().forEach(asked -> asked.completeExceptionally(closing));
    }

    private List<CompletableFuture<Collection<ProcessRecord>>> takeAskers() {
        List<CompletableFuture<Collection<ProcessRecord>>> taken = new ArrayList<>();
        for (var asked = asking.poll(); asked != null; asked = asking.poll()) {
            taken.add(asked);
        }
        return taken;
    }

    /** One turn of the reader. Who asked before it is answered, or asks again. */
    private void readOnce() {
        List<CompletableFuture<Collection<ProcessRecord>>> asked = takeAskers();
        @Nullable Map<Long, ProcessRecord> fresh =
                entries.refresh(members().processIds(), System.nanoTime());
        if (fresh == null) {
            asking.addAll(asked);
            teller.tell(() -> tell(null));
            return;
        }
        teller.tell(
                () -> {
                    tell(fresh);
                    asked.forEach(future -> future.complete(processes));
                });
    }

    /** On the teller. */
    private void tell(@Nullable Map<Long, ProcessRecord> fresh) {
        List<DirectoryView.Change> changes = view.update(fresh, members(), System.nanoTime());
        processes = view.processes();
        for (DirectoryView.Change change : changes) {
            for (DirectoryListener listener : listeners) {
                switch (change) {
                    case DirectoryView.Change.Up(ProcessRecord process) -> listener.onUp(process);
                    case DirectoryView.Change.Down(ProcessRecord process) ->
                            listener.onDown(process);
                }
            }
        }
    }

    private DirectoryView.Members members() {
        try {
            return members(hazelcast.getCluster().getMembers());
        } catch (HazelcastInstanceNotActiveException e) {
            return new DirectoryView.Members(Set.of(), false);
        }
    }

    private static DirectoryView.Members members(Set<Member> members) {
        Set<Long> processIds = new HashSet<>();
        boolean brokers = false;
        for (Member member : members) {
            brokers |= !member.isLiteMember();
            @Nullable String id = member.getAttribute(MemberSettings.PROCESS_ID_ATTRIBUTE);
            if (id != null) {
                processIds.add(Long.parseUnsignedLong(id, 16));
            }
        }
        return new DirectoryView.Members(processIds, brokers);
    }

    private final class MemberEvents implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            refreshSoon();
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            refreshSoon();
        }
    }

    private final class EntryEvents
            implements EntryAddedListener<Long, String>,
                    EntryUpdatedListener<Long, String>,
                    EntryRemovedListener<Long, String> {
        @Override
        public void entryAdded(EntryEvent<Long, String> event) {
            refreshSoon();
        }

        @Override
        public void entryUpdated(EntryEvent<Long, String> event) {
            refreshSoon();
        }

        @Override
        public void entryRemoved(EntryEvent<Long, String> event) {
            refreshSoon();
        }
    }
}
