package dev.slipgate.fabric.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.MapListener;
import dev.slipgate.fabric.directory.ProcessRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The map of process entries, read and mended: the own entry is put again when it is missing, and a
 * broker removes entries whose process has long been no member. Blocking; confined to one thread,
 * but for {@link #announce} and {@link #withdraw}.
 */
final class ProcessEntries {
    private static final Logger log = LoggerFactory.getLogger(ProcessEntries.class);

    private final HazelcastInstance hazelcast;
    private final boolean cleansUp;
    private final Map<Long, Long> orphanSinceNs = new HashMap<>();
    private volatile @Nullable ProcessRecord self;
    private volatile long withdrawnId;

    ProcessEntries(HazelcastInstance hazelcast, boolean cleansUp) {
        this.hazelcast = hazelcast;
        this.cleansUp = cleansUp;
    }

    void announce(ProcessRecord record) {
        withdrawnId = 0;
        self = record;
    }

    void withdraw() {
        @Nullable ProcessRecord announced = self;
        self = null;
        if (announced != null) {
            withdrawnId = announced.processId();
        }
    }

    void listen(MapListener listener) {
        map().addEntryListener(listener, false);
    }

    /**
     * All entries after mending, or null when no broker answers. The own one is put before others
     * are read: so of two that announce at once, at least one sees the other.
     */
    @Nullable Map<Long, ProcessRecord> refresh(Set<Long> members, long nowNs) {
        try {
            IMap<Long, String> map = map();
            putOwn(map);
            Map<Long, ProcessRecord> entries = new HashMap<>();
            map.entrySet()
                    .forEach(
                            entry -> {
                                @Nullable ProcessRecord record =
                                        RecordText.decode(entry.getValue());
                                if (record != null && record.processId() == entry.getKey()) {
                                    entries.put(entry.getKey(), record);
                                }
                            });
            removeWithdrawn(map, entries);
            if (cleansUp) {
                cleanUp(map, entries, members, nowNs);
            }
            return entries;
        } catch (RuntimeException e) {
            // No broker is there, or this member is on its way to another cluster or out.
            log.debug("the directory's map cannot be read now", e);
            return null;
        }
    }

    private void putOwn(IMap<Long, String> map) {
        @Nullable ProcessRecord own = self;
        if (own != null) {
            String text = RecordText.encode(own);
            if (!text.equals(map.get(own.processId()))) {
                map.set(own.processId(), text);
            }
        }
    }

    private void removeWithdrawn(IMap<Long, String> map, Map<Long, ProcessRecord> entries) {
        if (withdrawnId != 0 && entries.remove(withdrawnId) != null) {
            map.delete(withdrawnId);
        }
    }

    private void cleanUp(
            IMap<Long, String> map,
            Map<Long, ProcessRecord> entries,
            Set<Long> members,
            long nowNs) {
        orphanSinceNs.keySet().removeIf(id -> members.contains(id) || !entries.containsKey(id));
        for (long id : entries.keySet()) {
            if (!members.contains(id)
                    && nowNs - orphanSinceNs.computeIfAbsent(id, unused -> nowNs)
                            >= DirectoryView.CONFIRM_NS) {
                map.delete(id);
            }
        }
    }

    private IMap<Long, String> map() {
        return hazelcast.getMap(HazelcastDirectory.MAP);
    }
}
