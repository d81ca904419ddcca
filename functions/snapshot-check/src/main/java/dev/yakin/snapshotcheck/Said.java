package dev.yakin.snapshotcheck;

import dev.yakin.shared.Notice.Severity;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people were last told, kept as a tag of the database: a look in a new process neither repeats nor forgets it.
 *
 * @param day of the last daily report, on local clocks
 * @param open what is not well, by check
 */
public record Said(LocalDate day, Map<Check, Severity> open) {
    public Said {
        open = Map.copyOf(open);
    }

    /**
     * {@code 2026-11-22 pitr-lag=c sharing=w}. Tag values hold letters, digits, spaces and {@code _.:/=+-@}, 256 at
     * most: all checks together have 205.
     */
    @Override
    public String toString() {
        var parts = Stream.of(Check.values())
                .filter(open::containsKey)
                .map(check -> check.label() + (open.get(check) == Severity.CRITICAL ? "=c" : "=w"));
        return String.join(" ", Stream.concat(Stream.of(day.toString()), parts).toList());
    }

    /** Anything else, written by a hand, is as if nothing had been said. */
    public static Optional<Said> parse(String text) {
        var parts = List.of(text.split(" ", -1));
        try {
            var open = new EnumMap<Check, Severity>(Check.class);
            for (var check : Check.values()) {
                if (parts.contains(check.label() + "=c")) {
                    open.put(check, Severity.CRITICAL);
                } else if (parts.contains(check.label() + "=w")) {
                    open.put(check, Severity.WARNING);
                }
            }
            return Optional.of(new Said(LocalDate.parse(parts.getFirst()), open));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
