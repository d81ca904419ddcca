package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The incidents of one cause and what people were told of them: one thread in Slack. A value; every change is a new one.
 *
 * @param members the incidents, by key
 * @param news what is still to be told, by the incident's key
 * @param count how much news there ever was
 * @param episode when what the thread tells began
 * @param lead the incident that the first message shows, as last heard
 * @param latest what was last heard
 * @param tries how often Slack has failed to take the next message
 * @param retryAt not before then is it tried again
 */
public record Case(
        String cause,
        Map<String, Member> members,
        Map<String, News> news,
        long count,
        Instant episode,
        Optional<Alert> lead,
        Optional<Alert> latest,
        Optional<CaseThread> thread,
        Optional<Lease> lease,
        int tries,
        Instant retryAt) {

    /** Keys of lines of a list, which are no incidents of the case. */
    static final String LIST = "notice/line/";

    static final Text COURSE = Text.say("fact.course");

    private static final Duration REST = Duration.ofDays(1);
    private static final Duration REMEMBERED = Duration.ofDays(7);

    public Case {
        members = Map.copyOf(members);
        news = Map.copyOf(news);
    }

    static Case of(String cause) {
        return new Case(
                cause,
                Map.of(),
                Map.of(),
                0,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Instant.EPOCH);
    }

    /** What the case is after it has taken in an alert, and what that changed. */
    Intake.Taken take(Alert alert, Instant now, Optional<String> hiddenBy) {
        return new Intake(this, now).take(alert, hiddenBy);
    }

    Case withMember(String key, Member member) {
        var changed = new LinkedHashMap<>(members);
        changed.put(key, member);
        return new Case(cause, changed, news, count, episode, lead, latest, thread, lease, tries, retryAt);
    }

    /** With the course of the leading alarm's metric. */
    Case withCourse(String bars) {
        var shown = lead.map(alert -> {
            var facts = new ArrayList<>(alert.facts());
            facts.add(new Alert.Fact(COURSE, Text.outside(bars)));
            return new Alert(
                    alert.heading(), alert.paragraphs(), facts, alert.links(), alert.incident(), alert.origin());
        });
        return new Case(cause, members, news, count, episode, shown, latest, thread, lease, tries, retryAt);
    }

    /** Without the news that people know now, as far as they are not newer than what was said. */
    Case told(Iterable<String> keys, long upTo) {
        var rest = new LinkedHashMap<>(news);
        keys.forEach(key -> {
            var one = rest.get(key);
            if (one != null && one.number() <= upTo) {
                rest.remove(key);
            }
        });
        return new Case(cause, members, rest, count, episode, lead, latest, thread, lease, 0, Instant.EPOCH);
    }

    /** After the end of what hid them: what is over was listed, what still burns is news from now on. */
    Case unhidden(Iterable<String> keys, String plannedId, Instant now) {
        var rest = new LinkedHashMap<>(news);
        keys.forEach(key -> {
            var one = rest.get(key);
            var member = members.get(key);
            if (one != null && one.hiddenBy().equals(Optional.of(plannedId))) {
                rest.remove(key);
                if (member != null && member.isOpen()) {
                    rest.put(key, new News(one.number(), now, Optional.empty()));
                }
            }
        });
        return new Case(cause, members, rest, count, episode, lead, latest, thread, lease, tries, retryAt);
    }

    /** With one more piece of news about an incident; the first message then shows {@code nextLead}. */
    Case with(Alert alert, Member member, News next, Alert nextLead) {
        var key = alert.incident().key();
        var nextMembers = new LinkedHashMap<>(members);
        nextMembers.put(key, member);
        var nextNews = new LinkedHashMap<>(news);
        nextNews.put(key, next);
        return new Case(
                cause,
                nextMembers,
                nextNews,
                next.number(),
                episode,
                Optional.of(nextLead),
                Optional.of(alert),
                thread,
                lease,
                tries,
                retryAt);
    }

    /** With more lines than the first message holds: they are told under it, as many at a time as a message takes. */
    Case withList(Map<String, Member> lines, Instant now) {
        var nextMembers = new LinkedHashMap<>(members);
        var nextNews = new LinkedHashMap<>(news);
        var number = count;
        for (var line : lines.entrySet()) {
            number++;
            nextMembers.put(LIST + line.getKey(), line.getValue().asLine(now));
            nextNews.put(LIST + line.getKey(), new News(number, now, Optional.empty()));
        }
        return new Case(cause, nextMembers, nextNews, number, episode, lead, latest, thread, lease, tries, retryAt);
    }

    /** The same cause, told in a new thread; what happened long ago is forgotten. */
    Case anew(Instant now) {
        var kept = new LinkedHashMap<String, Member>();
        members.forEach((key, member) -> {
            if (member.isOpen() || Duration.between(member.recorded(), now).compareTo(REMEMBERED) < 0) {
                kept.put(key, member);
            }
        });
        return new Case(
                cause, kept, news, count, now, Optional.empty(), latest, Optional.empty(), lease, 0, Instant.EPOCH);
    }

    Case in(Optional<CaseThread> nextThread) {
        return new Case(cause, members, news, count, episode, lead, latest, nextThread, lease, tries, retryAt);
    }

    Case leased(Optional<Lease> nextLease) {
        return new Case(cause, members, news, count, episode, lead, latest, thread, nextLease, tries, retryAt);
    }

    Case failed(Instant next) {
        return new Case(cause, members, news, count, episode, lead, latest, thread, lease, tries + 1, next);
    }

    /** What CloudWatch says now: an incident that ended without our hearing of it. */
    Case ended(String key, Instant at) {
        var member = members.get(key);
        return member == null || !member.isOpen() ? this : withMember(key, member.endedAt(at));
    }

    /** Nothing was heard or said of it for a day, and nothing burns: no look needs to read it. */
    boolean isAtRest(Instant now) {
        var latest = Stream.concat(
                        members.values().stream().map(Member::recorded),
                        thread.stream().map(CaseThread::said))
                .max(Instant::compareTo)
                .orElse(episode);
        var isQuiet = news.isEmpty()
                && members.values().stream().noneMatch(one -> one.isOpen() && one.severity() != Severity.INFO);
        return isQuiet && latest.plus(REST).isBefore(now);
    }

    boolean isOver() {
        return news.isEmpty() && members.values().stream().noneMatch(Member::isOpen);
    }

    /** How many incidents belong to what the thread tells. */
    long size() {
        return members.values().stream()
                .filter(member -> member.isOpen() || !member.recorded().isBefore(episode))
                .count();
    }
}
