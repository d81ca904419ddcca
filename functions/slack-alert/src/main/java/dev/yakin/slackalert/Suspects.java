package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What else is going on, or ended a moment ago, when an alarm begins: a deployment, a failover, a warm-up. No proof, but
 * where a person would look first. Pure; it knows what the shift knows.
 */
final class Suspects {
    /** Rules of {@code inhibitions.json} whose causes may also be the cause of what they do not hide. */
    private static final List<String> RULES =
            List.of("database-failover", "deployment", "sale-warm-up", "secret-adoption", "restore-drill");

    private static final Duration JUST_ENDED = Duration.ofMinutes(30);
    private static final String OVER = "over ";

    private Suspects() {}

    static Shift over(Shift shift, Planned planned) {
        return shift.did(OVER + planned.rule(), planned.until().toString());
    }

    /** The alert with what may have caused it. */
    static Alert named(Alert alert, Shift shift, Instant now) {
        var incident = alert.incident();
        var mayHaveACause = alert.heading().state() == State.OPEN
                && AlarmsNow.nameOf(incident.key()).isPresent();
        var found = mayHaveACause
                ? RULES.stream()
                        .flatMap(rule -> suspect(rule, shift, now).stream())
                        .toList()
                : List.<Text>of();
        if (found.isEmpty()) {
            return alert;
        }
        var facts = new ArrayList<Fact>();
        found.forEach(one -> facts.add(new Fact(Text.say("fact.suspect"), one)));
        facts.addAll(alert.facts());
        return new Alert(alert.heading(), alert.paragraphs(), facts, alert.links(), incident, alert.origin());
    }

    private static Optional<Text> suspect(String rule, Shift shift, Instant now) {
        var on = shift.planned().stream()
                .filter(planned -> planned.rule().equals(rule) && planned.isOn(now))
                .findFirst();
        if (on.isPresent()) {
            return Optional.of(
                    Text.say("suspect." + rule, new Text.Moment(on.get().since())));
        }
        var atTheirEnd = shift.planned().stream()
                .filter(planned -> planned.rule().equals(rule))
                .map(Planned::until)
                .findFirst();
        return atTheirEnd
                .or(() -> shift.last(OVER + rule).map(Instant::parse))
                .filter(end -> Duration.between(end, now).compareTo(JUST_ENDED) < 0)
                .map(end -> Text.say("suspect." + rule + ".over", new Text.Moment(end)));
    }
}
