package dev.yakin.slackalert;

import dev.yakin.shared.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says a {@link Text} in one language and one time zone. What came from outside is returned as it came: not yet safe. */
final class Wording {
    private static final Pattern ONE_LINE = Pattern.compile("\\s+");

    private final Phrases phrases;
    private final ZoneId zone;

    Wording(Phrases phrases, ZoneId zone) {
        this.phrases = phrases;
        this.zone = zone;
    }

    /** @param language {@code ja} or {@code en} */
    static Wording in(String language, ZoneId zone) {
        return new Wording(Phrases.of(Wording.class, language), zone);
    }

    String say(Text text) {
        return switch (text) {
            case Text.Outside outside -> outside.words();
            case Text.Phrase phrase ->
                phrases.say(
                        phrase.key(), phrase.arguments().stream().map(this::say).toArray());
            case Text.Moment moment -> moment(moment.at());
            case Text.Span span -> span(span.length());
            case Text.Lines list ->
                list.lines().stream()
                        .map(line -> SafeText.cut(ONE_LINE.matcher(say(line)).replaceAll(" "), SlackLimits.LINE_SHOWN))
                        .collect(Collectors.joining("\n"));
        };
    }

    private String moment(Instant at) {
        var local = at.atZone(zone);
        var weekdays = phrases.say("weekdays").split(",", 7);
        var months = phrases.say("months").split(",", 12);
        return phrases.say(
                "moment",
                months[local.getMonthValue() - 1],
                Integer.toString(local.getDayOfMonth()),
                weekdays[local.getDayOfWeek().getValue() - 1],
                "%02d:%02d".formatted(local.getHour(), local.getMinute()));
    }

    private String span(Duration length) {
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            return phrases.say("span.seconds", Long.toString(length.toSeconds()));
        }
        var minutes = length.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
        if (minutes.compareTo(Duration.ofHours(1)) < 0) {
            return phrases.say("span.minutes", Long.toString(minutes.toMinutes()));
        }
        if (minutes.compareTo(Duration.ofDays(1)) < 0) {
            var rest = minutes.toMinutesPart();
            return phrases.say(
                    rest == 0 ? "span.hours" : "span.hoursMinutes",
                    Long.toString(minutes.toHours()),
                    Integer.toString(rest));
        }
        return phrases.say("span.days", Long.toString(minutes.toDays()), Integer.toString(minutes.toHoursPart()));
    }
}
