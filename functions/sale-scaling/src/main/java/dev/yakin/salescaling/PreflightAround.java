package dev.yakin.salescaling;

import static dev.yakin.salescaling.Preflight.text;

import dev.yakin.salescaling.Check.Kind;
import dev.yakin.salescaling.Check.Status;
import dev.yakin.salescaling.Surroundings.Database;
import dev.yakin.salescaling.Surroundings.Tasks;
import dev.yakin.shared.calendar.Sale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether what stands around the tasks lasts until the sale closes. */
record PreflightAround(Preflight tasks, LocalTimes times, Voice voice) {
    /** Backups are made daily. */
    private static final Duration BACKUP_AGE = Duration.ofHours(26);

    /** Source: RDS User Guide, "Restoring a DB instance to a specified time" (usually within the last five minutes). */
    private static final Duration RESTORE_LAG = Duration.ofMinutes(15);

    List<Check> checks() {
        return List.of(
                Check.from(Kind.DATABASE, seen().database(), this::database),
                Check.from(Kind.BACKUP, seen().database(), this::backup),
                Check.from(Kind.CERTIFICATE, seen().certificateEnds(), this::certificate),
                Check.from(Kind.WORK, seen().work(), this::work),
                Check.from(Kind.IMAGE, seen().tasks(), this::image),
                Check.from(Kind.BUDGET, seen().month(), this::budget));
    }

    private Check database(Database database) {
        var window = MaintenanceWindow.parse(database.window())
                .flatMap(times -> times.touching(sale().begins(), sale().closes()));
        var pending = database.pending().isEmpty() ? voice.say("nothing") : String.join(", ", database.pending());
        var isGood = database.status().equals("available") && database.pending().isEmpty() && window.isEmpty();
        return Check.of(
                Kind.DATABASE,
                isGood,
                List.of(database.status(), pending, window.map(times::say).orElse(voice.say("outside"))),
                List.of());
    }

    private Check backup(Database database) {
        var age = database.newestBackup().map(this::since);
        var lag = database.restorableUntil().map(this::since);
        var isGood = age.filter(one -> one.compareTo(BACKUP_AGE) <= 0).isPresent()
                && lag.filter(one -> one.compareTo(RESTORE_LAG) <= 0).isPresent();
        return Check.of(
                Kind.BACKUP,
                isGood,
                List.of(
                        age.map(one -> text(one.toHours())).orElse("-"),
                        lag.map(one -> text(one.toMinutes())).orElse("-")),
                List.of());
    }

    private Check certificate(Instant ends) {
        return Check.of(Kind.CERTIFICATE, ends.isAfter(sale().closes()), List.of(times.say(ends)), List.of());
    }

    private Check work(Surroundings.Work work) {
        var found = new ArrayList<String>();
        work.rotationDue()
                .filter(due -> !due.isBefore(sale().begins()) && due.isBefore(sale().closes()))
                .ifPresent(due -> found.add(voice.say("work.rotation-due", times.say(due))));
        if (work.isRotating()) {
            found.add(voice.say("work.rotating"));
        }
        work.drills().forEach(drill -> found.add(voice.say("work.drill", drill)));
        services().stream()
                .filter(Tasks::isDeploying)
                .forEach(one -> found.add(voice.say("work.deploying", one.service())));
        return Check.of(
                Kind.WORK,
                found.isEmpty(),
                List.of(found.isEmpty() ? voice.say("nothing") : String.join(", ", found)),
                List.of());
    }

    private Check image(List<Tasks> services) {
        var missing = new ArrayList<String>();
        for (var service : services) {
            switch (service.missing()) {
                case Found.Is<List<String>>(var images) -> missing.addAll(images);
                case Found.Nothing<List<String>>() -> {}
                case Found.Unreadable<List<String>>(var cause) -> {
                    return new Check(Kind.IMAGE, Status.UNKNOWN, List.of(cause), List.of());
                }
            }
        }
        var figure =
                missing.isEmpty() ? voice.say("image.there") : voice.say("image.missing", String.join(", ", missing));
        return Check.of(Kind.IMAGE, missing.isEmpty(), List.of(figure), List.of());
    }

    /** What the sale costs at least: the tasks of its min that an ordinary day would not have. */
    private Check budget(Surroundings.Money month) {
        var extra = services().stream()
                .mapToDouble(
                        one -> Prices.usd(more(one.service()), one, Duration.between(sale().begins(), sale().closes())))
                .sum();
        return Check.of(
                Kind.BUDGET,
                month.spent() + extra <= month.limit() && month.forecast() <= month.limit(),
                List.of(
                        text(Math.round(month.spent())),
                        text(Math.round(month.forecast())),
                        text(month.limit()),
                        text(Math.ceil(extra))),
                List.of());
    }

    private int more(String service) {
        return Math.max(
                0,
                tasks.bounds(service).min()
                        - tasks.demand().everyday(service, sale().opens()).min());
    }

    private List<Tasks> services() {
        return seen().tasks() instanceof Found.Is<List<Tasks>>(var services) ? services : List.of();
    }

    private Duration since(Instant moment) {
        return Duration.between(moment, voice.now());
    }

    private Sale sale() {
        return tasks.sale();
    }

    private Surroundings seen() {
        return tasks.seen();
    }
}
