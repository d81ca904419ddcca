package dev.yakin.slackalert.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One JSON POST with limits of time and size. HttpURLConnection, because java.net.http costs a third more on a cold
 * start (benchmarks/).
 */
final class Http {
    private static final int LONGEST_ANSWER = 65_536;

    private final Duration connectTimeout;
    private final Duration readTimeout;

    Http(Duration connectTimeout, Duration readTimeout) {
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    /** @param retryAfter the header as it came, or empty */
    record Answer(int status, String body, String retryAfter) {}

    /** @throws IOException when nobody answered in time; its message may hold the address, so it is not for logs */
    Answer post(String url, Map<String, String> headers, String json) throws IOException {
        var body = json.getBytes(UTF_8);
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setConnectTimeout((int) connectTimeout.toMillis());
        connection.setReadTimeout((int) readTimeout.toMillis());
        connection.setInstanceFollowRedirects(false); // the token goes to nobody else
        connection.setUseCaches(false);
        connection.setDoOutput(true);
        // A known length also stops the JDK from silently sending a POST twice when the connection breaks.
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
        headers.forEach(connection::setRequestProperty);
        try (var out = connection.getOutputStream()) {
            out.write(body);
        }
        var status = connection.getResponseCode();
        try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, read(in), header(connection, "Retry-After"));
        }
    }

    private static String read(@org.jspecify.annotations.Nullable InputStream in) throws IOException {
        return in == null ? "" : new String(in.readNBytes(LONGEST_ANSWER), UTF_8);
    }

    private static String header(HttpURLConnection connection, String name) {
        var value = connection.getHeaderField(name);
        return value == null ? "" : value;
    }
}
