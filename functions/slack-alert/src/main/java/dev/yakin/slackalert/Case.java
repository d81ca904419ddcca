package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
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

    static final Text COURSE = Text.say("fact.course");

    /** A relapse within this time continues the thread. */
    private static final Duration RELAPSE = Duration.ofMinutes(30);

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

    /** What taking in an alert changed. */
    enum Effect {
        NEWS,
        /** The same message, or the same change of state told in another way, was taken in before. */
        REPLAY,
        /** A later state of the incident is known already. */
        OUTDATED,
        /** Nothing that a person would want to know. */
        NOTHING
    }

    record Taken(Case next, Effect effect) {}

    Taken take(Alert alert, Instant now, Optional<String> hiddenBy) {
        var incident = alert.incident();
        var known = Optional.ofNullable(members.get(incident.key()));
        if (known.filter(member -> isReplay(member, alert)).isPresent()) {
            return new Taken(this, Effect.REPLAY);
        }
        if (known.filter(member -> isOutdated(member, alert)).isPresent()) {
            return new Taken(withMember(incident.key(), known.get().heard(incident.messageId())), Effect.OUTDATED);
        }
        if (alert.heading().state() == State.WATCHED) {
            return new Taken(this, Effect.NOTHING);
        }
        var begun = startsAnew(alert, now) ? anew(now) : this;
        var member = known.map(before -> before.then(alert, now)).orElseGet(() -> Member.of(alert, now));
        return new Taken(begun.add(alert, member, new News(count + 1, now, hiddenBy)), Effect.NEWS);
    }

    private static boolean isReplay(Member known, Alert alert) {
        var incident = alert.incident();
        var isSameChange = incident.nature() != Alert.Nature.MOMENT
                && known.at().equals(incident.at())
                && known.state() == alert.heading().state()
                && !incident.key().startsWith("notice/");
        return known.ids().contains(incident.messageId()) || isSameChange;
    }

    private static boolean isOutdated(Member known, Alert alert) {
        return alert.incident().nature() != Alert.Nature.MOMENT
                && alert.incident().at().isBefore(known.at());
    }

    // Good news, or a relapse long after, gets a message of its own.
    private boolean startsAnew(Alert alert, Instant now) {
        if (thread.isEmpty()) {
            return news.isEmpty();
        }
        var isLate = Duration.between(thread.get().said(), now).compareTo(RELAPSE) > 0;
        return isOver() && (isLate || alert.heading().severity() == Severity.INFO);
    }

    private Case anew(Instant now) {
        var kept = new LinkedHashMap<String, Member>();
        members.forEach((key, member) -> {
            if (member.isOpen() || Duration.between(member.recorded(), now).compareTo(REMEMBERED) < 0) {
                kept.put(key, member);
            }
        });
        return new Case(
                cause, kept, news, count, now, Optional.empty(), latest, Optional.empty(), lease, 0, Instant.EPOCH);
    }

    private Case add(Alert alert, Member member, News next) {
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
                Optional.of(leads(alert, next) ? alert : lead.orElse(alert)),
                Optional.of(alert),
                thread,
                lease,
                tries,
                retryAt);
    }

    private boolean leads(Alert alert, News next) {
        if (lead.isEmpty()) {
            return true;
        }
        var first = lead.get();
        var isHidden = Optional.ofNullable(news.get(first.incident().key()))
                .filter(News::isHidden)
                .isPresent();
        var isWorse = alert.heading().severity().compareTo(first.heading().severity()) < 0
                && alert.heading().state() == State.OPEN;
        return first.incident().key().equals(alert.incident().key()) || (isHidden && !next.isHidden()) || isWorse;
    }

    private Case withMember(String key, Member member) {
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
        return member == null || !member.isOpen()
                ? this
                : withMember(
                        key,
                        new Member(
                                member.title(),
                                member.severity(),
                                State.RESOLVED,
                                member.nature(),
                                member.since(),
                                at,
                                member.recorded(),
                                member.ids(),
                                member.times()));
    }

    /** Nothing was heard or said of it for a day, and nothing is open: no look needs to read it. */
    boolean isAtRest(Instant now) {
        var latest = Stream.concat(
                        members.values().stream().map(Member::recorded),
                        thread.stream().map(CaseThread::said))
                .max(Instant::compareTo)
                .orElse(episode);
        return isOver() && latest.plus(REST).isBefore(now);
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
