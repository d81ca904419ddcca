package dev.yakin.shared.calendar;

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

    /** Letters added, left out, changed, or swapped with their neighbour. */
    private static int distance(String from, String to) {
        var cost = new int[from.length() + 1][to.length() + 1];
        for (var i = 0; i <= from.length(); i++) {
            for (var j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(int[][] cost, String from, String to, int i, int j) {
        var changed = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        var best = Math.min(changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        var swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
