package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Nature;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Step.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * When something is due to be said, and who is called. Pure. What is critical and what our own functions say is due at
 * once; a warning waits for its like, at night until the morning's digest; what a planned state hides waits for its end.
 *
 * <p>Source of the waits: Prometheus documentation, "Alerting: configuration" (group_wait, group_interval and
 * repeat_interval with their defaults).
 */
final class Tact {
    static final Duration GROUP_WAIT = Duration.ofSeconds(30);
    static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);
    static final Duration REPEAT = Duration.ofHours(4);

    private static final Instant NOT_BY_ITSELF = Instant.MAX;

    private final Hours hours;
    private final int monthlyCalls;

    /** @param monthlyCalls how often people may be called in a calendar month while nobody is at work */
    Tact(Hours hours, int monthlyCalls) {
        this.hours = hours;
        this.monthlyCalls = monthlyCalls;
    }

    Step next(Case state, Shift shift, Instant now) {
        if (state.news().keySet().stream().anyMatch(key -> isDue(state, key, now))) {
            var told = tellable(state);
            return state.thread().isEmpty()
                    ? new Step.First(call(state, leading(state), shift, now))
                    : new Step.Reply(told, call(state, told, shift, now));
        }
        var burning = burning(state);
        if (!burning.isEmpty() && isLongAgo(state, now)) {
            return new Step.Repeat(call(state, burning, shift, now));
        }
        return new Step.Nothing();
    }

    /** True where the news of this incident has to be said now, by itself. */
    boolean isDue(Case state, String key, Instant now) {
        return !due(state, key).isAfter(now);
    }

    /** When the news of this incident is due, or was; {@link Instant#MAX} where it is not said by itself. */
    Instant due(Case state, String key) {
        var news = state.news().get(key);
        var member = state.members().get(key);
        if (news == null || member == null || news.isHidden()) {
            return NOT_BY_ITSELF;
        }
        if (isAtOnce(key, member)) {
            return news.recorded();
        }
        if (state.thread().isPresent()) {
            var thread = state.thread().get();
            var isOlder = !news.recorded().isAfter(thread.began()) || member.severity() == Severity.CRITICAL;
            // What fills a message does not wait for more.
            return isOlder || state.news().size() > SlackLimits.LINES_SHOWN
                    ? news.recorded()
                    : later(news.recorded(), thread.said().plus(GROUP_INTERVAL));
        }
        return isForTheDigest(state, key) ? NOT_BY_ITSELF : news.recorded().plus(GROUP_WAIT);
    }

    // The end of something critical that began a moment ago may have overtaken its beginning: it waits, too.
    private static boolean isAtOnce(String key, Member member) {
        return key.startsWith("notice/")
                || member.severity() == Severity.INFO
                || member.isUrgent()
                || (member.nature() == Nature.MOMENT && member.severity() == Severity.CRITICAL);
    }

    /** A warning that came while nobody was at work and started nothing that people were told of. */
    boolean isForTheDigest(Case state, String key) {
        var news = state.news().get(key);
        var member = state.members().get(key);
        return news != null
                && member != null
                && state.thread().isEmpty()
                && member.severity() == Severity.WARNING
                && !key.startsWith("notice/")
                && !news.isHidden()
                && !hours.areStaffed(news.recorded());
    }

    /** Whoever speaks says everything that is not hidden; the gravest first, then the oldest. */
    private List<String> tellable(Case state) {
        return state.news().entrySet().stream()
                .filter(entry -> !entry.getValue().isHidden())
                .map(Map.Entry::getKey)
                .filter(state.members()::containsKey)
                .sorted(Comparator.comparing((String key) -> state.members().get(key), ORDER)
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SlackLimits.LINES_SHOWN)
                .toList();
    }

    static final Comparator<Member> ORDER = Comparator.comparing((Member member) -> !member.isUrgent())
            .thenComparing(Member::severity)
            .thenComparing(Member::at);

    private static List<String> leading(Case state) {
        return state.lead().map(lead -> lead.incident().key()).stream().toList();
    }

    private static List<String> burning(Case state) {
        return state.members().entrySet().stream()
                .filter(entry -> entry.getValue().isUrgent() && entry.getValue().isOpen())
                .filter(entry -> !state.news().containsKey(entry.getKey()))
                .filter(entry -> !entry.getKey().startsWith("notice/"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isLongAgo(Case state, Instant now) {
        return state.thread()
                .filter(thread -> Duration.between(thread.loud(), now).compareTo(REPEAT) >= 0)
                .isPresent();
    }

    private Call call(Case state, List<String> keys, Shift shift, Instant now) {
        var urgent = keys.stream()
                .map(state.members()::get)
                .filter(member -> member != null && member.isUrgent())
                .toList();
        if (urgent.isEmpty()) {
            return Call.NOBODY;
        }
        if (urgent.stream().anyMatch(member -> member.nature() == Nature.OUTAGE)) {
            return Call.ONCALL;
        }
        // Who was told at 20:30 was at work; who was called at 21:30 is awake.
        var isCalled = state.thread().filter(thread -> thread.wasCalledWithin(REPEAT, now));
        if (hours.areStaffed(now) || isCalled.isPresent()) {
            return Call.LOUD;
        }
        return shift.calls(month(now)) < monthlyCalls ? Call.ONCALL : Call.BUDGET_USED;
    }

    /** The month in which a call counts, such as {@code 2026-12}. */
    String month(Instant now) {
        return hours.month(now).toString();
    }

    boolean areStaffed(Instant now) {
        return hours.areStaffed(now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
