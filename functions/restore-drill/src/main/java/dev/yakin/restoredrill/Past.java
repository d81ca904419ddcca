package dev.yakin.restoredrill;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A drill that was reported, as the name of its evidence tells: {@code 2026-11-22_passed_53min.json}. */
public record Past(LocalDate day, End end, long minutes) {
    private static final Pattern NAME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})_(passed|failed|skipped)_(\\d+)min\\.json");

    /** How it ended; a skipped one was kept from beginning, by a sale for example. */
    public enum End {
        PASSED,
        FAILED,
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public String name() {
        return "%s_%s_%dmin.json".formatted(day, end.word(), minutes);
    }

    /** Anything else in the folder is no evidence. */
    public static Optional<Past> parse(String name) {
        var match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(new Past(
                        LocalDate.parse(match.group(1)),
                        End.valueOf(match.group(2).toUpperCase(Locale.ROOT)),
                        Long.parseLong(match.group(3))))
                : Optional.empty();
    }
}
