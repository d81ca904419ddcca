package dev.yakin.shared;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a sleeping ECS service goes back to, kept as the value of its tag {@link #TAG}:
 * {@code desired=2 min=2 max=10 suspended=in+out since=2026-11-20T09:00:00Z}. A service that carries the tag belongs to
 * dev-shutdown until the tag is gone; nobody else raises it.
 *
 * <p>Only characters that every tag may hold. Source: ECS Developer Guide, "Tagging your Amazon ECS resources", and RDS
 * User Guide, "Tagging Amazon RDS resources" (letters, digits, spaces and {@code _.:/=+-@}, 256 at most).
 *
 * @param desired tasks, not negative
 * @param bounds of its scalable target; empty for a service without autoscaling
 * @param since when it was put to bed, to the second
 */
public record Asleep(int desired, Optional<Bounds> bounds, Instant since) {
    public static final String TAG = "yakin:asleep";

    private static final Pattern WORD = Pattern.compile("(\\w+)=(\\S+)");

    /** What Application Auto Scaling leaves undone, in the order of its {@code SuspendedState}. */
    public enum Suspended {
        IN,
        OUT,
        SCHEDULED
    }

    /** {@code min} and {@code max} in tasks, and what was suspended before. */
    public record Bounds(int min, int max, Set<Suspended> suspended) {
        public static final Bounds ASLEEP = new Bounds(0, 0, EnumSet.allOf(Suspended.class));

        public Bounds {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("need 0 <= min <= max, got %d..%d".formatted(min, max));
            }
            suspended = Set.copyOf(suspended);
        }

        /** No other bounds than 0..0 keep autoscaling from starting tasks. */
        public boolean isAsleep() {
            return max == 0;
        }

        @Override
        public String toString() {
            return min + ".." + max;
        }
    }

    public Asleep {
        if (desired < 0) {
            throw new IllegalArgumentException("need 0 <= desired, got " + desired);
        }
        since = since.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Empty when a hand has made it unreadable. Words that are unknown are passed over. */
    public static Optional<Asleep> parse(String value) {
        var words = new HashMap<String, String>();
        WORD.matcher(value).results().forEach(word -> words.put(word.group(1), word.group(2)));
        try {
            var bounds = words.containsKey("min") || words.containsKey("max")
                    ? Optional.of(new Bounds(number(words, "min"), number(words, "max"), suspended(words)))
                    : Optional.<Bounds>empty();
            return Optional.of(new Asleep(
                    number(words, "desired"),
                    bounds,
                    Instant.parse(words.getOrDefault("since", Instant.EPOCH.toString()))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The value of the tag. */
    @Override
    public String toString() {
        var text = new StringBuilder("desired=" + desired);
        bounds.ifPresent(these -> {
            text.append(" min=%d max=%d".formatted(these.min(), these.max()));
            if (!these.suspended().isEmpty()) {
                text.append(" suspended=").append(words(these.suspended()));
            }
        });
        return text.append(" since=").append(since).toString();
    }

    private static int number(Map<String, String> words, String name) {
        return Integer.parseInt(words.getOrDefault(name, "missing"));
    }

    private static Set<Suspended> suspended(Map<String, String> words) {
        var suspended = EnumSet.noneOf(Suspended.class);
        List.of(words.getOrDefault("suspended", "").split("\\+", -1)).stream()
                .filter(word -> !word.isEmpty())
                .forEach(word -> suspended.add(Suspended.valueOf(word.toUpperCase(Locale.ROOT))));
        return suspended;
    }

    private static String words(Set<Suspended> suspended) {
        return suspended.stream()
                .sorted()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("+"));
    }
}
