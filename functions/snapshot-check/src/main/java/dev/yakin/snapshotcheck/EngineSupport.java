package dev.yakin.snapshotcheck;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * When AWS's standard support of a PostgreSQL major version ends; after it, Extended Support is charged by the vCPU hour.
 * The dates and their source stand in {@code engine-support.properties}.
 */
final class EngineSupport {
    private static final Properties DATES = read();

    private EngineSupport() {}

    /** @param version such as {@code 17.9}; empty when the table does not have it */
    static Optional<LocalDate> ends(String version) {
        return Optional.ofNullable(DATES.getProperty(version.split("\\.", -1)[0]))
                .map(LocalDate::parse);
    }

    /** Year and month of the table; a version that is missing is newer than it. */
    static String asOf() {
        return DATES.getProperty("read");
    }

    private static Properties read() {
        try (var file = EngineSupport.class.getResourceAsStream("engine-support.properties")) {
            var dates = new Properties();
            dates.load(new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8));
            return dates;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read engine-support.properties", e);
        }
    }
}
