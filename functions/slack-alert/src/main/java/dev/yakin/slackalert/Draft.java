package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Link;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An alert in the making: what an event lacks is simply not said. */
final class Draft {
    private final Severity severity;
    private final State state;
    private final Text title;
    private final List<Text> paragraphs = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    Draft(Severity severity, State state, Text title) {
        this.severity = severity;
        this.state = state;
        this.title = title;
    }

    Draft paragraph(String outside) {
        if (!outside.isBlank()) {
            paragraphs.add(Text.outside(outside));
        }
        return this;
    }

    Draft fact(String phrase, String outside) {
        if (!outside.isBlank()) {
            facts.add(new Fact(Text.say(phrase), Text.outside(outside)));
        }
        return this;
    }

    Draft at(Instant moment) {
        facts.add(new Fact(Text.say("fact.at"), new Text.Moment(moment)));
        return this;
    }

    Draft links(List<Link> more) {
        links.addAll(more);
        return this;
    }

    Alert alert(Incident incident, Incoming incoming) {
        return new Alert(new Heading(severity, state, title), paragraphs, facts, links, incident, incoming.origin());
    }
}
