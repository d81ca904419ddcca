package dev.yakin.postgrestesting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** What a server wrote on standard error: with {@code log_statement=all}, each statement that it was sent. */
final class StatementLog {
    private static final String READY = "database system is ready to accept connections";

    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    void follow(InputStream stream) {
        Thread.ofPlatform().daemon().name("postgres log").start(() -> read(stream));
    }

    /** Waits until the server accepts connections; fails with what it said where it ended before. */
    void awaitReady() {
        ready.join();
    }

    /** Everything until and with the line that contains the mark, which a statement has already sent. */
    synchronized String upTo(String mark) throws InterruptedException {
        while (text.indexOf(mark) < 0) {
            if (ready.isCompletedExceptionally()) {
                throw new IllegalStateException("the server ended before it wrote " + mark);
            }
            wait();
        }
        return text.toString();
    }

    private void read(InputStream stream) {
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                append(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end();
        }
    }

    private synchronized void append(String line) {
        text.append(line).append('\n');
        notifyAll();
        if (line.contains(READY)) {
            ready.complete(null);
        }
    }

    private synchronized void end() {
        ready.completeExceptionally(new IllegalStateException("PostgreSQL did not start: " + text));
        ready.obtrudeException(new IllegalStateException("PostgreSQL has ended"));
        notifyAll();
    }
}
