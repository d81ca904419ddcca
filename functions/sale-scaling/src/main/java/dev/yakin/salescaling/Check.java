package dev.yakin.salescaling;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One line of a pre-flight.
 *
 * @param figures what its phrase {@code preflight.<kind>.figure} names
 * @param advice what the phrase {@code preflight.<kind>.todo} names; empty when it is good
 */
record Check(Kind kind, Status status, List<String> figures, List<String> advice) {
    /** In the order of a message. Each has phrases for its name, its figure and its advice. */
    enum Kind {
        TASKS,
        VCPUS,
        ADDRESSES,
        CONNECTIONS,
        DATABASE,
        BACKUP,
        CERTIFICATE,
        WORK,
        IMAGE,
        BUDGET;

        String phrase(String part) {
            return "preflight." + name().toLowerCase(Locale.ROOT) + part;
        }

        /** Whether tasks may not start, or the shop not answer, when it is bad: that is worth a night call. */
        boolean stopsTheSale() {
            return switch (this) {
                case VCPUS, ADDRESSES, DATABASE, CERTIFICATE, IMAGE -> true;
                case TASKS, CONNECTIONS, BACKUP, WORK, BUDGET -> false;
            };
        }
    }

    /** UNKNOWN: it could not be read, and its first figure says why. ABSENT: there is nothing to check. */
    enum Status {
        GOOD,
        BAD,
        UNKNOWN,
        ABSENT
    }

    Check {
        figures = List.copyOf(figures);
        advice = List.copyOf(advice);
    }

    static Check of(Kind kind, boolean isGood, List<String> figures, List<String> advice) {
        return new Check(kind, isGood ? Status.GOOD : Status.BAD, figures, isGood ? List.of() : advice);
    }

    /** From what was found to a check; what was not found says so. */
    static <T> Check from(Kind kind, Found<T> found, Function<T, Check> judge) {
        return switch (found) {
            case Found.Is<T>(var value) -> judge.apply(value);
            case Found.Nothing<T>() -> new Check(kind, Status.ABSENT, List.of(), List.of());
            case Found.Unreadable<T>(var cause) -> new Check(kind, Status.UNKNOWN, List.of(cause), List.of());
        };
    }
}
