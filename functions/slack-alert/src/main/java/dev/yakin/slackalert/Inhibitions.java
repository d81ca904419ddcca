package dev.yakin.slackalert;

import com.google.gson.JsonParser;
import dev.yakin.slackalert.Alert.Nature;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which cause hides which effects, from the table {@code inhibitions.json}. Each rule ends: when the cause is said to be
 * over, when the cause's own {@code until} comes, or after the rule's {@code atMost}. Only a rule that says so hides an
 * outage.
 */
public final class Inhibitions {
    /**
     * @param cause pattern of the incident keys that open the state; {@code *} stands for anything
     * @param hides patterns of the keys and causes that it hides
     * @param upTo the gravest that it hides
     * @param atMost how long it lasts at the longest
     * @param hidesOutages where an outage is what is to be expected
     * @param isSilent its own beginning and end are no news
     */
    record Rule(
            String name,
            Pattern cause,
            List<Pattern> hides,
            Severity upTo,
            Duration atMost,
            boolean hidesOutages,
            boolean isSilent) {
        boolean hides(Alert alert) {
            var isGraver = alert.heading().severity().compareTo(upTo) < 0;
            var isOutage = alert.incident().nature() == Nature.OUTAGE && !hidesOutages;
            return !isGraver
                    && !isOutage
                    && hides.stream()
                            .anyMatch(pattern ->
                                    pattern.matcher(alert.incident().key()).matches()
                                            || pattern.matcher(alert.incident().cause())
                                                    .matches());
        }
    }

    private final List<Rule> rules;

    private Inhibitions(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** @throws IllegalStateException when the table in the jar is broken */
    public static Inhibitions standard() {
        try (var in = Inhibitions.class.getResourceAsStream("inhibitions.json")) {
            if (in == null) {
                throw new IllegalStateException("inhibitions.json is not in the jar");
            }
            return parse(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Inhibitions parse(InputStreamReader in) {
        return new Inhibitions(new Fields(JsonParser.parseReader(in).getAsJsonObject())
                .children("rules").stream().map(Inhibitions::rule).toList());
    }

    private static Rule rule(Fields json) {
        return new Rule(
                json.text("name"),
                glob(json.text("cause")),
                json.texts("hides").stream().map(Inhibitions::glob).toList(),
                Severity.valueOf(json.text("upTo").toUpperCase(Locale.ROOT)),
                Duration.parse(json.text("atMost")),
                json.text("outages").equals("true"),
                json.text("silent").equals("true"));
    }

    private static Pattern glob(String pattern) {
        var parts =
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).toList();
        return Pattern.compile(String.join(".*", parts), Pattern.DOTALL);
    }

    private Optional<Rule> of(String key) {
        return rules.stream()
                .filter(rule -> rule.cause().matcher(key).matches())
                .findFirst();
    }

    boolean concerns(Alert alert) {
        return of(alert.incident().key()).isPresent();
    }

    /** The state that this alert opens, if it opens one. */
    Optional<Planned> opens(Alert alert) {
        var incident = alert.incident();
        if (alert.heading().state() != State.OPEN) {
            return Optional.empty();
        }
        return of(incident.key()).map(rule -> {
            var longest = incident.at().plus(rule.atMost());
            var end = incident.until().filter(longest::isAfter).orElse(longest);
            return new Planned(
                    rule.name() + "/" + incident.messageId(),
                    rule.name(),
                    incident.key(),
                    incident.cause(),
                    incident.at(),
                    end);
        });
    }

    /** True where a rule watches this incident and says that its own beginning and end are no news. */
    boolean isSilent(Alert alert) {
        return alert.heading().severity() == Severity.INFO
                && of(alert.incident().key()).filter(Rule::isSilent).isPresent();
    }

    /** The planned state that hides the alert now. Nothing hides itself. */
    Optional<Planned> hiding(Alert alert, List<Planned> planned, Instant now) {
        return planned.stream()
                .filter(state ->
                        state.isOn(now) && !state.key().equals(alert.incident().key()))
                .filter(state -> rules.stream().anyMatch(rule -> rule.name().equals(state.rule()) && rule.hides(alert)))
                .findFirst();
    }
}
