package dev.yakin.restoredrill;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which backup is restored. They take turns, so that each is proven every fortnight, or every three weeks with a copy. */
public enum Kind {
    POINT_IN_TIME("point-in-time", Duration.ofMinutes(5)),
    SNAPSHOT("snapshot", Duration.ofHours(26)),
    /** A copy of the second region, copied home again. As old as snapshot-check lets it become. */
    DR_COPY("dr-copy", Duration.ofHours(30));

    private static final int DAYS = 7;

    private final String word;
    private final Duration promisedLoss;

    Kind(String word, Duration promisedLoss) {
        this.word = word;
        this.promisedLoss = promisedLoss;
    }

    /** As it stands in tags, evidence and phrases. */
    public String word() {
        return word;
    }

    /** How much may be lost: the RPO of this kind of backup. */
    public Duration promisedLoss() {
        return promisedLoss;
    }

    /** The kind whose turn it is. Weeks are counted through, so that the turn of a year repeats none. */
    public static Kind ofWeek(LocalDate sunday, boolean withCopies) {
        var turns = turns(withCopies);
        return turns.get((int) Math.floorMod(Math.floorDiv(sunday.toEpochDay(), DAYS), (long) turns.size()));
    }

    /** The kind whose turn it is first, then the others: what there is no backup of is passed over. */
    static Stream<Kind> fromWeek(LocalDate sunday, boolean withCopies) {
        var turn = ofWeek(sunday, withCopies);
        return Stream.concat(Stream.of(turn), turns(withCopies).stream().filter(kind -> kind != turn));
    }

    public static Kind ofWord(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElse(POINT_IN_TIME);
    }

    private static List<Kind> turns(boolean withCopies) {
        return withCopies ? List.of(values()) : List.of(POINT_IN_TIME, SNAPSHOT);
    }
}
