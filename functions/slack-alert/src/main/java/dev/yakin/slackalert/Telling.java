package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import dev.yakin.slackalert.Step.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is said of a case: its first message as it stands now, and what comes under it. Pure. */
final class Telling {
    private Telling() {}

    /** The first message; edited, it is the same with the newest state. Nobody is called by an edit. */
    static Alert first(Case state, Call call) {
        var lead = lasted(state.lead().orElseThrow(), state);
        var paragraphs = new ArrayList<>(lead.paragraphs());
        var more = state.size() - 1;
        if (more > 0) {
            paragraphs.add(Text.say("thread.more", Text.outside(Long.toString(more))));
        }
        var open = state.members().values().stream().filter(Member::isOpen).count();
        if (more > 0 && lead.heading().state() == State.RESOLVED && open > 0) {
            paragraphs.add(Text.say("thread.stillOpen", Text.outside(Long.toString(open))));
        }
        return with(lead, paragraphs, call);
    }

    /** What is new, in the thread: one incident in full, several as a list. */
    static Alert reply(Case state, List<String> keys, Call call) {
        var only = state.latest()
                .filter(latest -> keys.equals(List.of(latest.incident().key())));
        if (only.isPresent()) {
            return with(lasted(only.get(), state), only.get().paragraphs(), call);
        }
        var members = keys.stream().map(state.members()::get).toList();
        var isOver = members.stream().allMatch(member -> member.state() == State.RESOLVED);
        var worst =
                members.stream().map(Member::severity).min(Severity::compareTo).orElse(Severity.INFO);
        var heading = new Heading(
                worst,
                isOver ? State.RESOLVED : State.OPEN,
                Text.say(title(keys, isOver), Text.outside(Integer.toString(keys.size()))));
        return list(state, heading, members, call);
    }

    private static String title(List<String> keys, boolean isOver) {
        if (keys.stream().allMatch(key -> key.startsWith(Case.LIST))) {
            return "thread.listGoesOn";
        }
        return isOver ? "thread.over" : "thread.news";
    }

    /** It still burns. */
    static Alert repeat(Case state, Call call, Instant now) {
        var burning = state.members().values().stream()
                .filter(member -> member.isUrgent() && member.isOpen())
                .sorted(Tact.ORDER)
                .toList();
        var since = burning.stream().map(Member::since).min(Instant::compareTo).orElse(now);
        var heading = new Heading(
                Severity.CRITICAL,
                State.OPEN,
                Text.say("thread.repeat", burning.getFirst().title(), new Text.Span(Duration.between(since, now))));
        return list(state, heading, burning, call);
    }

    private static Alert list(Case state, Heading heading, List<Member> members, Call call) {
        var newest = state.latest().orElseThrow();
        var alert = new Alert(heading, List.of(), List.of(), List.of(), newest.incident(), newest.origin());
        return with(alert, sections(members.stream().map(Telling::line).toList()), call);
    }

    /** Lines in as many lists as Slack takes. */
    static List<Text> sections(List<Text> lines) {
        var sections = new ArrayList<Text>();
        for (var from = 0;
                from < lines.size() && from < SlackLimits.LINES_SHOWN;
                from += SlackLimits.LINES_IN_SECTION) {
            sections.add(
                    new Text.Lines(lines.subList(from, Math.min(lines.size(), from + SlackLimits.LINES_IN_SECTION))));
        }
        return sections;
    }

    /** One line of a list: sign, word, what, when, and how long it lasted. */
    static Text line(Member member) {
        var look = Look.of(new Heading(member.severity(), member.state(), member.title()));
        var times = member.nature() == Alert.Nature.MOMENT && member.times() > 1 ? " ×" + member.times() : "";
        var isOver = member.state() == State.RESOLVED && member.since().isBefore(member.at());
        return isOver
                ? Text.say(
                        "line.over",
                        Text.outside(look.sign()),
                        Text.say(look.phrase()),
                        member.title(),
                        new Text.Moment(member.since()),
                        new Text.Span(Duration.between(member.since(), member.at())))
                : Text.say(
                        "line.open",
                        Text.outside(look.sign()),
                        Text.say(look.phrase()),
                        member.title(),
                        new Text.Moment(member.state() == State.OPEN ? member.since() : member.at()),
                        Text.outside(times));
    }

    // CloudWatch does not say in an OK how long it was no OK.
    private static Alert lasted(Alert alert, Case state) {
        var member = state.members().get(alert.incident().key());
        var isTold = alert.facts().stream().anyMatch(fact -> fact.value() instanceof Text.Span);
        if (member == null
                || isTold
                || alert.heading().state() != State.RESOLVED
                || !member.since().isBefore(member.at())) {
            return alert;
        }
        var facts = new ArrayList<>(alert.facts());
        facts.add(new Fact(Text.say("fact.lasted"), new Text.Span(Duration.between(member.since(), member.at()))));
        return new Alert(alert.heading(), alert.paragraphs(), facts, alert.links(), alert.incident(), alert.origin());
    }

    private static Alert with(Alert alert, List<Text> paragraphs, Call call) {
        var all = new ArrayList<>(paragraphs);
        if (call == Call.BUDGET_USED) {
            all.add(Text.say("call.budgetUsed"));
        }
        return new Alert(alert.heading(), all, alert.facts(), alert.links(), alert.incident(), alert.origin());
    }

    /** The news of one state, for a digest or a summary: all members with it, in order. */
    static List<Text> lines(Map<String, Member> members) {
        return members.values().stream().sorted(Tact.ORDER).map(Telling::line).toList();
    }
}
