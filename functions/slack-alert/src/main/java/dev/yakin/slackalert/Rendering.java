package dev.yakin.slackalert;

import com.google.gson.JsonObject;
import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says an alert as a Slack message, in one language and time zone. Pure: the same alert is the same message. */
public final class Rendering {
    private final Wording wording;
    private final String stage;
    private final String stack;

    /** @param language {@code ja} or {@code en} */
    public Rendering(String language, ZoneId zone, String stage, String stack) {
        this.wording = Wording.in(language, zone);
        this.stage = stage;
        this.stack = stack;
    }

    /** @param mention who is called when the alert is urgent, as {@link Mention} writes it; empty for nobody */
    public SlackMessage render(Alert alert, Mention mention) {
        var look = Look.of(alert.heading());
        var title = SafeText.line(headline(alert.heading(), look), SlackLimits.HEADER);
        var call = alert.isUrgent() ? mention.markup() : "";
        var blocks = new ArrayList<>(List.of(Blocks.header(title)));
        if (!call.isEmpty()) {
            blocks.add(Blocks.formatted(call));
        }
        var details = new ArrayList<JsonObject>();
        paragraphs(alert).map(Blocks::paragraph).forEach(details::add);
        details.addAll(table(alert));
        var links = links(alert);
        if (!links.isEmpty()) {
            details.add(Blocks.formatted(links));
        }
        var footer = footer(alert);
        details.add(Blocks.footer(footer));
        return new SlackMessage(
                call, text(title, alert, footer), Blocks.array(blocks), look.colour(), Blocks.array(details));
    }

    private String headline(Heading heading, Look look) {
        return look.sign() + " " + wording.say(Text.say(look.phrase())) + ": " + wording.say(heading.title());
    }

    private Stream<String> paragraphs(Alert alert) {
        return alert.paragraphs().stream()
                .limit(SlackLimits.PARAGRAPHS_SHOWN)
                .map(paragraph -> SafeText.of(wording.say(paragraph), room(paragraph)))
                .filter(paragraph -> !paragraph.isBlank());
    }

    // A list is as long as its lines.
    private static int room(Text paragraph) {
        return paragraph instanceof Text.Lines ? SlackLimits.SECTION : SlackLimits.PARAGRAPH_SHOWN;
    }

    private List<JsonObject> table(Alert alert) {
        var cells = told(alert).stream().map(this::cell).toList();
        return cells.isEmpty() ? List.of() : List.of(Blocks.table(cells));
    }

    // The name in bold, unless Slack might take something in the words for formatting.
    private JsonObject cell(Fact fact) {
        var name = SafeText.line(wording.say(fact.name()), SlackLimits.FACT_NAME_SHOWN);
        var value = SafeText.of(wording.say(fact.value()), SlackLimits.FACT_SHOWN);
        var isPlain = SafeText.hasNoFormatting(name) && SafeText.hasNoFormatting(value) && !name.isBlank();
        return isPlain ? Blocks.mrkdwn("*" + name + "*\n" + value) : Blocks.plain(name + "\n" + value);
    }

    private List<Fact> told(Alert alert) {
        return alert.facts().stream()
                .filter(fact -> !SafeText.of(wording.say(fact.value()), SlackLimits.FACT_SHOWN)
                        .isBlank())
                .limit(SlackLimits.FACTS_SHOWN)
                .toList();
    }

    private String links(Alert alert) {
        var links = new StringBuilder();
        for (var link : alert.links()) {
            var text = SafeText.unformatted(wording.say(link.text()), SlackLimits.LINK_TEXT_SHOWN);
            var markup = SafeText.link(link.url()).map(url -> "<" + url + "|" + (text.isBlank() ? "link" : text) + ">");
            var separator = links.isEmpty() ? "" : "  ·  ";
            markup.filter(m -> links.length() + separator.length() + m.length() <= SlackLimits.SECTION)
                    .ifPresent(m -> links.append(separator).append(m));
        }
        return links.toString();
    }

    private String footer(Alert alert) {
        var parts = Stream.of(
                stage,
                stack,
                alert.origin().account(),
                alert.origin().region(),
                saysWhen(alert)
                        ? ""
                        : wording.say(new Text.Moment(alert.incident().at())));
        return SafeText.line(
                parts.filter(part -> !part.isBlank()).collect(Collectors.joining(" · ")), SlackLimits.FOOTER_SHOWN);
    }

    private static boolean saysWhen(Alert alert) {
        return alert.facts().stream().anyMatch(fact -> fact.value() instanceof Text.Moment);
    }

    // The notification shows its beginning, and it stands alone where Slack refuses the blocks.
    private String text(String title, Alert alert, String footer) {
        var lines = new ArrayList<String>();
        lines.add(title);
        paragraphs(alert).forEach(lines::add);
        told(alert).stream()
                .map(fact -> SafeText.line(
                        wording.say(fact.name()) + ": " + wording.say(fact.value()), SlackLimits.FACT_SHOWN))
                .forEach(lines::add);
        lines.add(footer);
        var text = new StringBuilder();
        for (var line : lines) {
            if (text.length() + line.length() < SlackLimits.MESSAGE) {
                text.append(text.isEmpty() ? "" : "\n").append(line);
            }
        }
        return text.toString();
    }
}
