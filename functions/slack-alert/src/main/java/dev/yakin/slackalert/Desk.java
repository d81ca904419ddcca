package dev.yakin.slackalert;

import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Filing.Filed;
import dev.yakin.slackalert.Filing.Item;
import dev.yakin.slackalert.Ledger.UnavailableException;
import dev.yakin.slackalert.Round.Said;
import dev.yakin.slackalert.Round.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Takes letters into the ledger and says what is due. A letter leaves the queue when Slack has what it says, or when it
 * is written down for later: with its like, in the digest, or hidden by a planned state.
 *
 * <p>Without the ledger nothing is folded or held: what is urgent is posted as it comes, the rest waits in the queue.
 */
public final class Desk {
    private static final Duration WITHOUT_LEDGER = Duration.ofSeconds(30);

    private final Reading reading;
    private final Delivery plainly;
    private final Journal journal;
    private final CaseBook book;
    private final Tact tact;
    private final Filing filing;
    private final Script script;
    private final Speaker speaker;
    private final Chores chores;

    /**
     * @param hours when people are at work
     * @param monthlyCalls how often people may be called in a calendar month while nobody is at work
     */
    public Desk(
            Reading reading,
            Rendering rendering,
            Channel channel,
            Ledger ledger,
            Hours hours,
            int monthlyCalls,
            Trouble trouble,
            AlarmsNow alarms,
            Journal journal) {
        this.reading = reading;
        this.plainly = new Delivery(reading, rendering, channel, new RecentMemory(RecentMemory.USUAL));
        this.journal = journal;
        this.book = new CaseBook(ledger, journal);
        this.tact = new Tact(hours, monthlyCalls);
        this.filing = new Filing(book, Inhibitions.standard());
        this.script = new Script(tact, rendering, channel);
        this.speaker = new Speaker(book, tact, script, channel, trouble);
        this.chores = new Chores(book, tact, hours, alarms);
    }

    /**
     * What came of one invocation.
     *
     * @param outcomes one for each letter
     * @param oldest for how long the oldest that is due has not been said; zero if all is said
     */
    public record Result(List<Outcome> outcomes, List<Said> said, Duration oldest) {}

    /**
     * @param owner whose invocation it is; another one for each
     * @param timeIsLeft asked before each post; false leaves the rest for later
     */
    public Result take(List<Letter> batch, String owner, Supplier<Instant> clock, BooleanSupplier timeIsLeft) {
        var round = new Round(owner, clock, timeIsLeft);
        var items = batch.stream()
                .map(letter -> new Item(letter, reading.read(Incoming.of(letter))))
                .sorted(Comparator.comparing(
                        (Item item) -> item.alert().incident().at()))
                .toList();
        try {
            return new Result(take(items, round), round.said(), Duration.ZERO);
        } catch (UnavailableException e) {
            journal.line("ERROR", "the ledger is out of reach", Map.of("cause", String.valueOf(e.getMessage())));
            return new Result(withoutLedger(items, timeIsLeft), round.said(), Duration.ZERO);
        }
    }

    /**
     * What is due by the clock, and what an interrupted worker left.
     *
     * @throws UnavailableException without the ledger there is nothing to look at
     */
    public Result look(String owner, Supplier<Instant> clock, BooleanSupplier timeIsLeft) {
        var round = new Round(owner, clock, timeIsLeft);
        var glance = new Glance(book);
        chores.doWhatIsDue(glance, round.now());
        var shift = glance.shift();
        glance.cases().stream()
                .filter(state -> script.hasSomethingToSay(state, shift, round.now()))
                .sorted(Comparator.comparing((Case state) ->
                                state.members().values().stream().noneMatch(Member::isUrgent))
                        .thenComparing(Case::episode)
                        .thenComparing(Case::cause))
                .map(Case::cause)
                .forEach(cause -> speaker.speak(cause, round));
        return new Result(List.of(), round.said(), oldest(glance.cases(), round.now()));
    }

    private List<Outcome> take(List<Item> items, Round round) {
        var filed = filing.file(items, round.now());
        var stops = new LinkedHashMap<String, Stop>();
        filed.stream()
                .sorted(Comparator.comparing((Filed one) -> !one.item().alert().isUrgent()))
                .map(Filed::cause)
                .distinct()
                .forEach(cause -> stops.put(cause, speaker.speak(cause, round)));
        var handedBack = 0;
        var outcomes = new ArrayList<Outcome>();
        for (var one : filed) {
            var outcome = outcome(one, stops.getOrDefault(one.cause(), Stop.DONE), handedBack, round.now());
            handedBack += outcome instanceof Outcome.HandedBack ? 1 : 0;
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private List<Outcome> withoutLedger(List<Item> items, BooleanSupplier timeIsLeft) {
        var urgent = items.stream()
                .filter(item -> item.alert().isUrgent())
                .map(Item::letter)
                .toList();
        var outcomes = new ArrayList<>(plainly.deliver(urgent, timeIsLeft));
        items.stream()
                .filter(item -> !item.alert().isUrgent())
                .forEach(item -> outcomes.add(new Outcome.HandedBack(
                        item.letter(), item.alert(), "the ledger is out of reach", WITHOUT_LEDGER)));
        return outcomes;
    }

    private Duration oldest(List<Case> cases, Instant now) {
        return cases.stream()
                .flatMap(state -> state.news().entrySet().stream()
                        .filter(entry -> state.members().containsKey(entry.getKey()))
                        .map(entry -> tact.due(state, entry.getKey())))
                .filter(due -> due.isBefore(now))
                .map(due -> Duration.between(due, now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Outcome outcome(Filed filed, Stop stop, int handedBack, Instant now) {
        var letter = filed.item().letter();
        var alert = filed.item().alert();
        var key = alert.incident().key();
        var state = book.read(filed.cause());
        var isNews = state.map(Case::news).filter(news -> news.containsKey(key)).isPresent();
        if (isNews && tact.isDue(state.orElseThrow(), key, now)) {
            if (stop.refused().isPresent()) {
                return new Outcome.Refused(
                        letter,
                        alert,
                        stop.refused().get().error(),
                        stop.refused().get().refusal());
            }
            var after = stop.after().orElse(Shift.PACE).plus(Shift.PACE.multipliedBy(handedBack));
            return new Outcome.HandedBack(letter, alert, stop.why(), after);
        }
        return switch (filed.effect()) {
            case NEWS ->
                isNews
                        ? new Outcome.Folded(
                                letter, alert, filed.hidden().isPresent() ? "hidden by what is planned" : "waits")
                        : new Outcome.Posted(
                                letter,
                                alert,
                                state.flatMap(Case::thread).map(CaseThread::ts).orElse(""),
                                false);
            case REPLAY -> new Outcome.AlreadyPosted(letter, alert);
            case OUTDATED -> new Outcome.Folded(letter, alert, "a later state is known");
            case NOTHING -> new Outcome.Folded(letter, alert, "nothing that a person would want to know");
        };
    }
}
