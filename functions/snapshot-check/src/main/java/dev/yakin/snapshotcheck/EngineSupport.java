package dev.yakin.snapshotcheck;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * When AWS's standard support of a PostgreSQL major version ends; after it, Extended Support is charged by the vCPU hour.
 *
 * <p>Source: Amazon RDS for PostgreSQL Release Notes, "Release calendars for Amazon RDS for PostgreSQL".
 */
final class EngineSupport {
    /** How old this table is; a version that is missing is newer than it. */
    static final String SOURCE_DATE = "2026-11";

    private static final Map<String, LocalDate> ENDS = Map.of(
            "11", LocalDate.of(2024, 2, 29),
            "12", LocalDate.of(2025, 2, 28),
            "13", LocalDate.of(2026, 2, 28),
            "14", LocalDate.of(2027, 2, 28),
            "15", LocalDate.of(2028, 2, 29),
            "16", LocalDate.of(2029, 2, 28),
            "17", LocalDate.of(2030, 2, 28),
            "18", LocalDate.of(2031, 2, 28));

    private EngineSupport() {}

    /** @param version such as {@code 17.9}; empty when the table does not have it */
    static Optional<LocalDate> ends(String version) {
        return Optional.ofNullable(ENDS.get(version.split("\\.", -1)[0]));
    }
}
