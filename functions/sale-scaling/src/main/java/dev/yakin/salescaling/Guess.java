package dev.yakin.salescaling;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What somebody probably meant. */
final class Guess {
    /** Words that other calendars use for the same thing. */
    private static final Map<String, String> SYNONYMS = Map.of(
            "id", "name",
            "title", "name",
            "start", "opens",
            "begin", "opens",
            "end", "closes",
            "leadtime", "warmUp",
            "lead", "warmUp",
            "service", "services");

    private Guess() {}

    /** The word that is at most a third of its letters away, the nearest first. */
    static Optional<String> near(String word, List<String> candidates) {
        var typed = word.toLowerCase(Locale.ROOT);
        var synonym = SYNONYMS.get(typed);
        if (synonym != null && candidates.contains(synonym)) {
            return Optional.of(synonym);
        }
        return candidates.stream()
                .filter(known -> word.length() <= 2 * known.length())
                .filter(known -> distance(typed, known.toLowerCase(Locale.ROOT)) <= Math.max(1, known.length() / 3))
                .min(comparingInt(known -> distance(typed, known.toLowerCase(Locale.ROOT))));
    }

    /** Levenshtein: letters added, left out or changed. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
