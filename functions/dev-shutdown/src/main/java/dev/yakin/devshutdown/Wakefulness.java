package dev.yakin.devshutdown;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be awake now: everything in office hours and while somebody keeps dev awake, else what is kept awake. */
final class Wakefulness {
    /** What is kept awake: a service, a database, or everything ({@code name} is then the parameter). */
    record Kept(String name, Instant until) {}

    /** What a person wrote that cannot be read, and where. */
    record Unreadable(String where, String value) {}

    private final Wanted wanted;
    private final Instant now;
    private final Observed observed;
    private final List<ServiceState> services;
    private final List<DatabaseState> databases;

    Wakefulness(Wanted wanted, Instant now, Observed observed) {
        this.wanted = wanted;
        this.now = now;
        this.observed = observed;
        this.services = observed.services().stream()
                .filter(service -> isOurs(service.tags(), wanted))
                .toList();
        this.databases = observed.databases().stream()
                .filter(database -> isOurs(database.tags(), wanted))
                .toList();
    }

    Wanted wanted() {
        return wanted;
    }

    Instant now() {
        return now;
    }

    Observed observed() {
        return observed;
    }

    /** From the lead before work begins. */
    boolean isOffice() {
        return wanted.hours().isOpen(now, wanted.lead());
    }

    KeepUntil keepAll() {
        return KeepUntil.parse(observed.keepAwake().value(), wanted.hours().zone());
    }

    /** Dev as a whole. */
    boolean isAwake() {
        return isOffice() || keepAll().holds(now);
    }

    boolean isAwake(ServiceState service) {
        return isAwake() || keep(service.tags()).holds(now);
    }

    /** A database follows the services that use it. */
    boolean isAwake(DatabaseState database) {
        return isAwake()
                || keep(database.tags()).holds(now)
                || services.stream()
                        .filter(service -> service.tags().uses(database.name()))
                        .anyMatch(this::isAwake);
    }

    /** The services that are this stack's to put to bed: the ones that opted in and are no production. */
    List<ServiceState> services() {
        return services;
    }

    List<DatabaseState> databases() {
        return databases;
    }

    /** What opted in although its tags say production. */
    List<String> refused() {
        var names = new ArrayList<String>();
        observed.services().stream()
                .filter(service -> isRefused(service.tags()))
                .forEach(service -> names.add(service.name()));
        observed.databases().stream()
                .filter(database -> isRefused(database.tags()))
                .forEach(database -> names.add(database.name()));
        return names;
    }

    List<Kept> kept() {
        var kept = new ArrayList<Kept>();
        keepAll().until().filter(now::isBefore).ifPresent(until -> kept.add(new Kept("", until)));
        services().forEach(service -> kept(service.name(), service.tags()).ifPresent(kept::add));
        databases().forEach(database -> kept(database.name(), database.tags()).ifPresent(kept::add));
        return kept;
    }

    /** A wish that was over when it was written: last year's year, or yesterday's date. */
    Optional<Unreadable> wishedTooLate() {
        var wish = observed.keepAwake();
        return keepAll()
                .until()
                .filter(until -> !until.isAfter(wish.modified()))
                .map(_ -> new Unreadable(wanted.keepAwakeParameter(), wish.value()));
    }

    List<Unreadable> unreadable() {
        var found = new ArrayList<Unreadable>();
        keepAll().unreadable().ifPresent(value -> found.add(new Unreadable(wanted.keepAwakeParameter(), value)));
        services().forEach(service -> unreadable(service.name(), service.tags()).ifPresent(found::add));
        databases()
                .forEach(
                        database -> unreadable(database.name(), database.tags()).ifPresent(found::add));
        return found;
    }

    private static boolean isOurs(Tags tags, Wanted wanted) {
        return tags.optsIn(wanted.stack()) && !tags.isProduction();
    }

    private boolean isRefused(Tags tags) {
        return tags.optsIn(wanted.stack()) && tags.isProduction();
    }

    private KeepUntil keep(Tags tags) {
        return tags.keepUntil(wanted.hours().zone());
    }

    private Optional<Kept> kept(String name, Tags tags) {
        return keep(tags).until().filter(now::isBefore).map(until -> new Kept(name, until));
    }

    private Optional<Unreadable> unreadable(String name, Tags tags) {
        return keep(tags).unreadable().map(value -> new Unreadable(name + ", " + Tags.KEEP_UNTIL, value));
    }
}
