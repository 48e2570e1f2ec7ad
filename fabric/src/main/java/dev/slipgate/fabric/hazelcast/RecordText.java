package dev.slipgate.fabric.hazelcast;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import org.jspecify.annotations.Nullable;

/**
 * How a process record lies in Hazelcast: {@code id role lanes version name}, parted by single
 * spaces, the id in hexadecimal, the name last because it may hold spaces. A string, so that no
 * class of ours is ever deserialized.
 */
final class RecordText {
    private static final int FIELDS = 5;
    private static final int MAX_LANES = 256;

    private RecordText() {}

    static String encode(ProcessRecord process) {
        return Long.toHexString(process.processId())
                + ' '
                + process.role()
                + ' '
                + process.lanes()
                + ' '
                + process.version().replace(' ', '-')
                + ' '
                + process.name();
    }

    /** The record, or null when the text is none: another release may write what we do not know. */
    static @Nullable ProcessRecord decode(String text) {
        String[] fields = text.split(" ", FIELDS);
        if (fields.length != FIELDS) {
            return null;
        }
        try {
            long processId = Long.parseUnsignedLong(fields[0], 16);
            int lanes = Integer.parseInt(fields[2]);
            if (processId == 0 || lanes < 0 || lanes > MAX_LANES) {
                return null;
            }
            return new ProcessRecord(
                    processId, Role.valueOf(fields[1]), fields[4], lanes, fields[3]);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
