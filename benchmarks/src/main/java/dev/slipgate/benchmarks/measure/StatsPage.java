package dev.slipgate.benchmarks.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The {@code /stats} of a Slipgate process. Any thread. */
public record StatsPage(URI uri) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What it says now.
     *
     * @throws IOException when the process does not answer or is gone
     */
    public JsonNode read() throws IOException {
        var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try {
            return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + uri, e);
        }
    }
}
