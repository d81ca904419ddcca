package dev.yakin.restoredrill;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** A drill that was reported, as the name of its evidence tells: {@code 2026-11-22_passed_53min.json}. */
public record Past(LocalDate day, boolean passed, long minutes) {
    private static final Pattern NAME = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})_(passed|failed)_(\\d+)min\\.json");

    public String name() {
        return "%s_%s_%dmin.json".formatted(day, passed ? "passed" : "failed", minutes);
    }

    /** Anything else in the folder is no evidence. */
    public static Optional<Past> parse(String name) {
        var match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(new Past(
                        LocalDate.parse(match.group(1)),
                        match.group(2).equals("passed"),
                        Long.parseLong(match.group(3))))
                : Optional.empty();
    }
}
