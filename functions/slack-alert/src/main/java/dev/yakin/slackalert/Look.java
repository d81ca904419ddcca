package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Severity;

/** How urgent a message looks, by sign, word and colour: nobody has to rely on one of them. */
record Look(String sign, String phrase, String colour) {
    private static final Look CRITICAL = new Look("🔴", "look.critical", "#d32f2f");
    private static final Look WARNING = new Look("🟠", "look.warning", "#f9a825");
    private static final Look INFO = new Look("🔵", "look.info", "#1976d2");
    private static final Look RESOLVED = new Look("🟢", "look.resolved", "#2e7d32");
    private static final Look UNKNOWN = new Look("⚪", "look.unknown", "#757575");

    static Look of(Heading heading) {
        return switch (heading.state()) {
            // An end that nobody had to fear is news, not a recovery: a calendar accepted, a sale over.
            case RESOLVED -> heading.severity() == Severity.INFO ? INFO : RESOLVED;
            case UNKNOWN, WATCHED -> UNKNOWN;
            case OPEN ->
                switch (heading.severity()) {
                    case CRITICAL -> CRITICAL;
                    case WARNING -> WARNING;
                    case INFO -> INFO;
                };
        };
    }
}
