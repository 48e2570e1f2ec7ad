package dev.slipgate.fabric.hazelcast;

import dev.slipgate.fabric.directory.ProcessRecord;
import dev.slipgate.fabric.directory.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a process record lies in Hazelcast: {@code id role lanes version keys name}, parted by single
 * spaces, the id in hexadecimal, so are the key ids, parted by commas, or a dash without any, the
 * name last because it may hold spaces. A string, so that no class of ours is ever deserialized.
 */
final class RecordText {
    private static final int FIELDS = 6;
    private static final int MAX_LANES = 256;
    private static final int MAX_KEYS = 64;
    private static final String NO_KEYS = "-";

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
                + encodeKeys(process.keyIds())
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
                    processId,
                    Role.valueOf(fields[1]),
                    fields[5],
                    lanes,
                    fields[3],
                    decodeKeys(fields[4]));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String encodeKeys(List<Integer> keyIds) {
        return keyIds.isEmpty()
                ? NO_KEYS
                : keyIds.stream().map(Integer::toHexString).collect(Collectors.joining(","));
    }

    private static List<Integer> decodeKeys(String text) {
        if (text.equals(NO_KEYS)) {
            return List.of();
        }
        return Arrays.stream(text.split(",", MAX_KEYS))
                .map(id -> Integer.parseUnsignedInt(id, 16))
                .toList();
    }
}
