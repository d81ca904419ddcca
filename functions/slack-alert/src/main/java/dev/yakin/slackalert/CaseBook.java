package dev.yakin.slackalert;

import com.google.gson.JsonParseException;
import dev.yakin.shared.Journal;
import dev.yakin.slackalert.Ledger.Entry;
import dev.yakin.slackalert.Ledger.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Cases and the shift in the ledger. A change is computed anew where somebody else was faster. A case that has come to
 * rest is put away, where no look reads it; whatever concerns it later brings it back.
 */
final class CaseBook {
    private static final String CASE = "case";
    private static final String AWAY = "away";
    private static final String SHIFT = "shift";
    private static final int TRIES = 30;
    private static final Duration KEPT = Duration.ofDays(60);

    private static final int READ = 500;

    private final Ledger ledger;
    private final Journal journal;
    private long writes;

    // By cause: a case has the same versions wherever it lies.
    // What was read stays read as long as its version is the newest: in a storm an entry is large and looked at often.
    private final Map<String, Read> parsed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Read> eldest) {
            return size() > READ;
        }
    };

    private record Read(long version, Object value) {}

    CaseBook(Ledger ledger, Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
    }

    record Changed<T, R>(T next, R result) {}

    Optional<Case> read(String cause) {
        return ledger.read(CASE, cause).or(() -> ledger.read(AWAY, cause)).flatMap(this::toCase);
    }

    /** How often this book was written to; whoever read it before knows the past. */
    long writes() {
        return writes;
    }

    List<Case> all() {
        return ledger.all(CASE).stream()
                .map(this::toCase)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Nothing where somebody else has changed it. */
    void putAway(Case state) {
        ledger.read(CASE, state.cause())
                .filter(entry -> toCase(entry).equals(Optional.of(state)))
                .ifPresent(entry -> {
                    ledger.move(entry, AWAY);
                    writes++;
                });
    }

    Shift shift() {
        return ledger.read(SHIFT, SHIFT).flatMap(this::toShift).orElseGet(Shift::first);
    }

    <R> Changed<Case, R> decide(String cause, Instant now, Function<Case, Changed<Case, R>> change) {
        return change(CASE, cause, now, this::toCase, Case.of(cause), change);
    }

    Case change(String cause, Instant now, UnaryOperator<Case> change) {
        return this.<String>decide(cause, now, (Case before) -> new Changed<>(change.apply(before), ""))
                .next();
    }

    Shift changeShift(Instant now, UnaryOperator<Shift> change) {
        return change(
                        SHIFT,
                        SHIFT,
                        now,
                        this::toShift,
                        Shift.first(),
                        before -> new Changed<>(change.apply(before), ""))
                .next();
    }

    private <T, R> Changed<T, R> change(
            String kind,
            String key,
            Instant now,
            Function<Entry, Optional<T>> parse,
            T none,
            Function<T, Changed<T, R>> change) {
        for (var tries = 0; tries < TRIES; tries++) {
            var entry = newest(kind, key);
            var before = entry.flatMap(parse).orElse(none);
            var changed = change.apply(before);
            var version = entry.map(Entry::version).orElse(0L);
            if (changed.next().equals(before)) {
                return changed;
            }
            writes++;
            if (isHere(entry)
                    && ledger.write(new Entry(kind, key, version, LedgerJson.of(changed.next()), now.plus(KEPT)))) {
                return changed;
            }
        }
        throw new UnavailableException("%s %s is changed by too many at once".formatted(kind, key));
    }

    private Optional<Entry> newest(String kind, String key) {
        var entry = ledger.read(kind, key);
        return entry.isPresent() || kind.equals(SHIFT) ? entry : ledger.read(AWAY, key);
    }

    // What was put away comes back first, with its version: so nobody mistakes it for a new one.
    private boolean isHere(Optional<Entry> entry) {
        return entry.filter(one -> one.kind().equals(AWAY))
                .map(one -> ledger.move(one, CASE))
                .orElse(true);
    }

    private Optional<Case> toCase(Entry entry) {
        return parse(entry, Case.class);
    }

    private Optional<Shift> toShift(Entry entry) {
        return parse(entry, Shift.class);
    }

    // What another version wrote must not stop every alarm that comes after it; the log keeps what is lost.
    private <T> Optional<T> parse(Entry entry, Class<T> type) {
        var id = type.getSimpleName() + "/" + entry.key();
        var known = parsed.get(id);
        if (known != null && known.version() == entry.version()) {
            return Optional.of(type.cast(known.value()));
        }
        try {
            var value = LedgerJson.parse(entry.content(), type);
            parsed.put(id, new Read(entry.version(), value));
            return Optional.of(value);
        } catch (JsonParseException e) {
            var fields = Map.of("key", entry.key(), "cause", String.valueOf(e.getMessage()));
            journal.line("ERROR", "an entry of the ledger can't be read and counts as new", fields);
            return Optional.empty();
        }
    }
}
