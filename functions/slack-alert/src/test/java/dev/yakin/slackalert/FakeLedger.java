package dev.yakin.slackalert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ledger in memory, with the same conditional writes; it can be told to die before or after a call. */
public final class FakeLedger implements Ledger {
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Calls calls;
    private boolean gone;

    public FakeLedger(Calls calls) {
        this.calls = calls;
    }

    public FakeLedger() {
        this(new Calls());
    }

    public void isGone(boolean unreachable) {
        gone = unreachable;
    }

    private void reach() {
        if (gone) {
            throw new UnavailableException("the table is not there", new IllegalStateException());
        }
    }

    @Override
    public Optional<Entry> read(String kind, String key) {
        reach();
        return calls.pass("read", () -> Optional.ofNullable(entries.get(kind + "/" + key)));
    }

    @Override
    public boolean write(Entry entry) {
        reach();
        return calls.pass("write", () -> {
            var id = entry.kind() + "/" + entry.key();
            var version =
                    Optional.ofNullable(entries.get(id)).map(Entry::version).orElse(0L);
            if (version != entry.version()) {
                return false;
            }
            entries.put(id, new Entry(entry.kind(), entry.key(), version + 1, entry.content(), entry.forget()));
            return true;
        });
    }

    @Override
    public boolean move(Entry entry, String kind) {
        reach();
        return calls.pass("move", () -> {
            var id = entry.kind() + "/" + entry.key();
            if (!entry.equals(entries.get(id))) {
                return false;
            }
            entries.remove(id);
            entries.put(
                    kind + "/" + entry.key(),
                    new Entry(kind, entry.key(), entry.version(), entry.content(), entry.forget()));
            return true;
        });
    }

    @Override
    public List<Entry> all(String kind) {
        reach();
        return calls.pass(
                "all",
                () -> entries.values().stream()
                        .filter(entry -> entry.kind().equals(kind))
                        .toList());
    }
}
