package dev.slipgate.protocol.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The vectors of one Wycheproof file, each with the group it stands in. */
final class WycheproofVectors {
    private WycheproofVectors() {}

    /** One vector. */
    record Vector(JsonNode group, JsonNode test) {
        byte[] bytes(String field) {
            return HexFormat.of().parseHex(test.get(field).textValue());
        }

        String result() {
            return test.get("result").textValue();
        }

        boolean isValid() {
            return result().equals("valid");
        }

        String title() {
            return "tcId %d, %s %s"
                    .formatted(
                            test.get("tcId").intValue(),
                            test.get("comment").textValue(),
                            test.get("flags"));
        }
    }

    static List<Vector> read(String file) {
        try (InputStream in = WycheproofVectors.class.getResourceAsStream("wycheproof/" + file)) {
            JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, file));
            List<Vector> vectors = new ArrayList<>();
            for (JsonNode group : root.get("testGroups")) {
                group.get("tests").forEach(test -> vectors.add(new Vector(group, test)));
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
