package dev.slipgate.protocol.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash map from random 64-bit keys to objects, without boxing: open addressing, linear probing,
 * removal by shifting back. Keys are taken as their own hash, so they must be random, as ids of
 * connections are; 0 is no key. Confined to one thread.
 */
public final class LongMap<V> {
    private static final int MIN_CAPACITY = 16;

    private long[] keys = new long[MIN_CAPACITY];
    private @Nullable Object[] values = new Object[MIN_CAPACITY];
    private int size;

    public int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only put() writes values, and it takes V
    public @Nullable V find(long key) {
        int mask = keys.length - 1;
        for (int i = slot(key, mask); keys[i] != 0; i = (i + 1) & mask) {
            if (keys[i] == key) {
                return (V) values[i];
            }
        }
        return null;
    }

    /** Puts or replaces. */
    public void put(long key, V value) {
        if (key == 0) {
            throw new IllegalArgumentException("0 is no key");
        }
        if ((size + 1) * 2 > keys.length) {
            resize(keys.length * 2);
        }
        int i = slotOf(key);
        if (keys[i] == 0) {
            keys[i] = key;
            size++;
        }
        values[i] = value;
    }

    /** Removes; false when it was not there. */
    public boolean remove(long key) {
        int i = slotOf(key);
        if (keys[i] == 0 || key == 0) {
            return false;
        }
        int mask = keys.length - 1;
        int hole = i;
        for (int next = (i + 1) & mask; keys[next] != 0; next = (next + 1) & mask) {
            int home = slot(keys[next], mask);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        keys[hole] = 0;
        values[hole] = null;
        size--;
        return true;
    }

    /** The values at this moment, free to be changed meanwhile. */
    @SuppressWarnings("unchecked") // only put() writes values, and it takes V
    public List<V> valuesNow() {
        var now = new ArrayList<V>(size);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                now.add((V) values[i]);
            }
        }
        return now;
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int i = slot(key, mask);
        while (keys[i] != 0 && keys[i] != key) {
            i = (i + 1) & mask;
        }
        return i;
    }

    private static int slot(long key, int mask) {
        return (int) (key ^ key >>> 32) & mask;
    }

    private void resize(int capacity) {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[capacity];
        values = new Object[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int to = slotOf(oldKeys[i]);
                keys[to] = oldKeys[i];
                values[to] = oldValues[i];
            }
        }
    }
}
