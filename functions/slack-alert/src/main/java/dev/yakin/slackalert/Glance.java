package dev.yakin.slackalert;

import java.util.List;
import java.util.Optional;

/**
 * What one look knows: each read once, and anew only after this look has changed something. A look that finds nothing to
 * do so costs two reads, however much there is. What others change meanwhile is seen by the next look, and by whoever
 * speaks: that reads the case anew under its lease.
 */
final class Glance {
    private final CaseBook book;
    private long writes;
    private Optional<List<Case>> cases = Optional.empty();
    private Optional<Shift> shift = Optional.empty();

    Glance(CaseBook book) {
        this.book = book;
        this.writes = book.writes();
    }

    List<Case> cases() {
        forgetThePast();
        var known = cases.orElseGet(book::all);
        cases = Optional.of(known);
        return known;
    }

    Shift shift() {
        forgetThePast();
        var known = shift.orElseGet(book::shift);
        shift = Optional.of(known);
        return known;
    }

    private void forgetThePast() {
        if (writes != book.writes()) {
            cases = Optional.empty();
            shift = Optional.empty();
            writes = book.writes();
        }
    }
}
