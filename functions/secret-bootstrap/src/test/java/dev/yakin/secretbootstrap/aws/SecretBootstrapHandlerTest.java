package dev.yakin.secretbootstrap.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.yakin.secretbootstrap.Requests;
import dev.yakin.secretbootstrap.TestStore;
import dev.yakin.shared.Journal;
import dev.yakin.shared.aws.StackMailbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handler and CloudFormation's mailbox, a server on loopback. */
class SecretBootstrapHandlerTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC);

    private final List<String> received = new ArrayList<>();
    private final List<Integer> statuses = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final TestStore store = new TestStore();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var type = exchange.getRequestHeaders().getFirst("Content-Type");
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(exchange.getRequestMethod() + " [" + (type == null ? "" : type) + "] " + body);
            exchange.sendResponseHeaders(statuses.isEmpty() ? 200 : statuses.removeFirst(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private String handle(String kind) {
        var journal = new Journal("shop", "secret-bootstrap", NOW, new PrintStream(log, true, UTF_8));
        var handler = new SecretBootstrapHandler(store, () -> "s3cret", StackMailbox::put, NOW, journal);
        return handler.answer(Requests.json(kind, address().toString()));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/answer?X-Amz-Signature=abc");
    }

    @Test
    void answers_in_the_mailbox_without_a_content_type() {
        handle("Create");
        assertThat(received).hasSize(1);
        assertThat(received.getFirst()).startsWith("PUT [] {");
        var json = JsonParser.parseString(received.getFirst().substring("PUT [] ".length()))
                .getAsJsonObject();
        assertThat(json.get("Status").getAsString()).isEqualTo("SUCCESS");
        assertThat(json.getAsJsonObject("Data").get("JwtSecretName").getAsString())
                .isEqualTo("/app/prod/jwt-secret");
    }

    @Test
    void says_no_secret_and_no_address_anywhere() throws IOException {
        var answer = handle("Create");
        assertThat(answer + received + log.toString(UTF_8))
                .doesNotContain("s3cret")
                .doesNotContain("Signature");
        assertThat(store.values).containsValue("s3cret");
    }

    @Test
    void knocks_three_times() {
        statuses.addAll(List.of(503, 503, 200));
        handle("Delete");
        assertThat(received).hasSize(3);
    }

    @Test
    void fails_loudly_but_discreetly_when_nobody_opens() {
        statuses.addAll(List.of(403, 403, 403));
        assertThatThrownBy(() -> handle("Create"))
                .hasMessage("CloudFormation did not take the answer: status 403")
                .hasNoCause();
    }
}
