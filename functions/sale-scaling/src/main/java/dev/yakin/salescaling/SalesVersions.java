package dev.yakin.salescaling;

import java.time.Instant;
import java.util.Optional;

/**
 * The sale calendar's parameter as it is: its latest version, the version with the label {@code good} (accepted and in
 * force), and which version carries the label {@code refused} (people were told that it is wrong).
 */
public record SalesVersions(Reading latest, Reading good, Optional<Long> refused) {
    public static final String GOOD = "good";
    public static final String REFUSED = "refused";

    /** What became of reading a version. */
    public sealed interface Reading {}

    /** @param modified when somebody wrote this version */
    public record Version(long number, String text, Instant modified) implements Reading {}

    /** There is no such parameter, or no version with that label. */
    public record Missing() implements Reading {}

    /** It may be there, but the call failed: that says nothing about what it holds. */
    public record Unreadable(String cause) implements Reading {}
}
