package dev.yakin.shared.calendar;

import java.util.Map;

/** How a part of the calendar is written correctly: what a person copies out of an error message. */
final class Example {
    static final String SALE = """
            {"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-29T23:59"}""";

    private static final Map<String, String> VALUES = Map.of(
            "name", "\"winter\"",
            "opens", "\"2026-12-26T20:00\"",
            "closes", "\"2026-12-29T23:59\"",
            "times", "[\"2026-12-26T20:00/23:00\"]",
            "min", "6",
            "max", "20",
            "warmUp", "\"PT60M\"",
            "services", "[\"app\"]");

    private Example() {}

    /** For a field such as {@code closes} or {@code services[0]}; for any other the whole calendar. */
    static String of(String field) {
        var name = field.replaceFirst("\\[.*", "");
        var value = VALUES.get(name);
        return value == null ? Problem.CALENDAR_EXAMPLE : of(name, value);
    }

    static String of(String field, String value) {
        return "\"%s\": %s".formatted(field, value);
    }
}
