package dev.yakin.shared;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function's settings, read from environment variables once, at start. A missing or malformed one fails the start and
 * is named in the error: not at 3 a.m., when it is first used.
 */
public record Settings(Map<String, String> environment) {
    public Settings {
        environment = Map.copyOf(environment);
    }

    public static Settings fromEnvironment() {
        return new Settings(System.getenv());
    }

    /** The value, never blank. */
    public String text(String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new InvalidSettingException(
                    name, "is missing; the template (Environment of the function) or Lambda sets it", null);
        }
        return value.strip();
    }

    /** The value, or the fallback where the variable is absent or blank. */
    public String text(String name, String fallback) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? fallback : value.strip();
    }

    /** A comma-separated list with at least one entry. */
    public List<String> list(String name) {
        var entries = List.of(text(name).split(",")).stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        if (entries.isEmpty()) {
            throw new InvalidSettingException(name, "needs at least one entry", null);
        }
        return entries;
    }

    /** One of the values that are allowed. */
    public String oneOf(String name, String... allowed) {
        var text = text(name);
        if (!List.of(allowed).contains(text)) {
            throw new InvalidSettingException(
                    name, "is '%s', need one of %s".formatted(text, String.join(", ", allowed)), null);
        }
        return text;
    }

    /** A whole number within {@code least..most}, both included. */
    public int integer(String name, int least, int most) {
        var text = text(name);
        try {
            var value = Integer.parseInt(text);
            if (value < least || value > most) {
                throw new InvalidSettingException(name, "is %d, need %d..%d".formatted(value, least, most), null);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(name, "is '%s', need a whole number".formatted(text), e);
        }
    }

    /** A whole number of minutes within {@code least..most}, both included. */
    public Duration minutes(String name, int least, int most) {
        return Duration.ofMinutes(integer(name, least, most));
    }

    /** An IANA time zone, for example {@code Asia/Tokyo}. */
    public ZoneId zone(String name) {
        var text = text(name);
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidSettingException(
                    name, "is '%s', need an IANA time zone such as Asia/Tokyo".formatted(text), e);
        }
    }

    /** Names only: a value may be a secret. */
    @Override
    public String toString() {
        return "Settings" + environment.keySet().stream().sorted().toList();
    }

    /** A setting that is missing or malformed; the message starts with the variable's name. */
    public static final class InvalidSettingException extends IllegalArgumentException {
        InvalidSettingException(String name, String problem, @Nullable Throwable cause) {
            super("environment variable " + name + " " + problem, cause);
        }
    }
}
