package dev.yakin.salescaling;

import static java.util.stream.Collectors.joining;

import dev.yakin.salescaling.Check.Status;
import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.shared.Notice.Fact;
import dev.yakin.shared.Notice.Severity;
import dev.yakin.shared.Notice.State;
import dev.yakin.shared.calendar.Sale;
import java.util.Comparator;
import java.util.List;

/** One message with a line for each check, those that need somebody first. */
record PreflightNotices(Voice voice) {
    private static final List<Status> ORDER = List.of(Status.BAD, Status.UNKNOWN, Status.GOOD, Status.ABSENT);

    /** @param wasBad people were told earlier that something is bad; then good news ends that incident */
    Say tell(Moment moment, List<Check> checks, boolean wasBad) {
        var sale = moment.sale();
        var isBad = isBad(checks);
        var state = !isBad && wasBad ? State.RESOLVED : State.OPEN;
        var key = isBad || wasBad ? key(sale) : FleetNotices.key(sale);
        var good =
                checks.stream().filter(check -> check.status() == Status.GOOD).count();
        var all =
                checks.stream().filter(check -> check.status() != Status.ABSENT).count();
        return voice.notice(severity(moment, checks), state, "preflight/" + moment.key(), key)
                .with(checks.stream()
                        .sorted(Comparator.comparingInt(check -> ORDER.indexOf(check.status())))
                        .map(this::line)
                        .toList())
                .titled(
                        voice.say(
                                isBad ? "preflight-bad.title" : "preflight.title",
                                sale.name(),
                                String.valueOf(good),
                                String.valueOf(all),
                                voice.times().say(sale.opens())),
                        "pre-flight of sale %s: %s".formatted(sale.name(), summary(checks)));
    }

    static boolean isBad(List<Check> checks) {
        return checks.stream().anyMatch(check -> check.status() == Status.BAD);
    }

    /** A day before, there is a working day left. When the warm-up begins, only what stops the sale wakes a person. */
    private static Severity severity(Moment moment, List<Check> checks) {
        var stops = checks.stream()
                .anyMatch(check -> check.status() == Status.BAD && check.kind().stopsTheSale());
        if (stops && moment.kind() == Moment.Kind.WARM_UP) {
            return Severity.CRITICAL;
        }
        return isBad(checks) ? Severity.WARNING : Severity.INFO;
    }

    private Fact line(Check check) {
        var kind = check.kind();
        var figure = switch (check.status()) {
            case GOOD -> say(kind.phrase(".figure"), check.figures());
            case BAD ->
                voice.say(
                        "preflight.bad",
                        say(kind.phrase(".figure"), check.figures()),
                        say(kind.phrase(".todo"), check.advice()));
            case UNKNOWN -> say("preflight.unknown", check.figures());
            case ABSENT -> voice.say("none-there");
        };
        return new Fact(mark(check.status()) + " " + voice.say(kind.phrase("")), figure);
    }

    private String say(String phrase, List<String> arguments) {
        return voice.say(phrase, arguments.toArray());
    }

    private static String mark(Status status) {
        return switch (status) {
            case GOOD -> "✅";
            case BAD -> "❌";
            case UNKNOWN -> "❔";
            case ABSENT -> "➖";
        };
    }

    private static String summary(List<Check> checks) {
        var bad = checks.stream()
                .filter(check -> check.status() == Status.BAD)
                .map(check -> check.kind().name())
                .collect(joining(", "));
        return bad.isEmpty() ? "nothing is bad" : bad + " bad";
    }

    static String key(Sale sale) {
        return "preflight/%s@%s".formatted(sale.name(), sale.opens());
    }
}
