package dev.yakin.restoredrill;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.IsoFields;

/** Which backup is restored. The two take turns by calendar week, so that each is proven every fortnight. */
public enum Kind {
    SNAPSHOT("snapshot", Duration.ofHours(26)),
    POINT_IN_TIME("point-in-time", Duration.ofMinutes(5));

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

    static Kind ofWeek(LocalDate sunday) {
        return sunday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) % 2 == 0 ? SNAPSHOT : POINT_IN_TIME;
    }

    public static Kind ofWord(String word) {
        return word.equals(SNAPSHOT.word) ? SNAPSHOT : POINT_IN_TIME;
    }
}
