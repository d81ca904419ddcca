package dev.yakin.devshutdown;

import static java.util.Comparator.comparing;

import dev.yakin.devshutdown.DevAction.ForgetDatabase;
import dev.yakin.devshutdown.DevAction.SaveDatabase;
import dev.yakin.devshutdown.DevAction.StartDatabase;
import dev.yakin.devshutdown.DevAction.StopDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has to change so that everything sleeps that should, and everything is awake that should be. Asleep: services
 * first, a database when all services that use it have drained. Awake: databases first, a service when all databases
 * that it uses answer. What is not done in this look is found by the next one.
 */
record Nights(Wakefulness wakefulness) {
    /**
     * A look ends well inside its five minutes even when every call waits for its turn. Source: ECS API Reference,
     * "Request throttling" (5 service changes a second): 300 services take a minute.
     */
    static final int SERVICES_IN_A_LOOK = 300;

    /** Two calls each, at two a second. */
    static final int DATABASES_IN_A_LOOK = 60;

    List<DevAction> plan() {
        var plan = new ArrayList<DevAction>();
        wakefulness.services().stream()
                .sorted(comparing(ServiceState::arn))
                .map(this::service)
                .filter(actions -> !actions.isEmpty())
                .limit(SERVICES_IN_A_LOOK)
                .forEach(plan::addAll);
        wakefulness.databases().stream()
                .sorted(comparing(DatabaseState::arn))
                .map(this::database)
                .filter(actions -> !actions.isEmpty())
                .limit(DATABASES_IN_A_LOOK)
                .forEach(plan::addAll);
        return plan;
    }

    /** The services that were found up although they should sleep, and something says that they slept before. */
    List<ServiceState> foundUp() {
        return sleepers()
                .filter(service -> !service.isInBed() && service.tags().isAsleep())
                .toList();
    }

    List<DatabaseState> databasesFoundUp() {
        return sleepingDatabases()
                .filter(database -> database.canBeStopped() && database.tags().isAsleep())
                .toList();
    }

    /** Tasks that should have ended by now. */
    List<ServiceState> stuck() {
        return sleepers()
                .filter(service -> service.isInBed() && service.running() > 0)
                .filter(service -> service.tags()
                        .asleep()
                        .filter(asleep -> isOver(asleep.since(), Wanted.DRAIN))
                        .isPresent())
                .toList();
    }

    /** True when nothing is left to put to bed. */
    boolean allSleep() {
        return sleepers().allMatch(ServiceState::isDrained)
                && sleepingDatabases().allMatch(DatabaseState::isGoingToBed);
    }

    /** The databases that keep a service from starting: they slept, or they start, and do not answer yet. */
    List<DatabaseState> awaited(ServiceState service) {
        return wakefulness.databases().stream()
                .filter(database -> service.tags().uses(database.name()))
                .filter(database -> !database.isUsable())
                .filter(database ->
                        database.tags().isAsleep() || database.status().equals("starting"))
                .toList();
    }

    Stream<ServiceState> sleepers() {
        return wakefulness.services().stream().filter(service -> !wakefulness.isAwake(service));
    }

    private Stream<DatabaseState> sleepingDatabases() {
        return wakefulness.databases().stream().filter(database -> !wakefulness.isAwake(database));
    }

    private List<DevAction> service(ServiceState service) {
        if (!wakefulness.isAwake(service)) {
            return ServicePlan.sleep(service, wakefulness.now(), sleepReason());
        }
        return service.tags().isAsleep() && awaited(service).isEmpty()
                ? ServicePlan.wake(service, wakeReason())
                : List.of();
    }

    private List<DevAction> database(DatabaseState database) {
        return wakefulness.isAwake(database) ? wake(database) : sleep(database);
    }

    private List<DevAction> sleep(DatabaseState database) {
        var inUse = wakefulness.services().stream()
                .filter(service -> service.tags().uses(database.name()))
                .anyMatch(service -> !service.isDrained());
        if (!database.canBeStopped() || inUse) {
            return List.of();
        }
        var save = new SaveDatabase(database, Tags.databaseAsleep(wakefulness.now()), sleepReason());
        return List.of(save, new StopDatabase(database, save, sleepReason()));
    }

    /** A database without the tag was stopped by a hand, and stays as it was left. */
    private List<DevAction> wake(DatabaseState database) {
        if (!database.tags().isAsleep()) {
            return List.of();
        }
        if (database.isStopped()) {
            return List.of(new StartDatabase(database, wakeReason()));
        }
        return database.isUsable() ? List.of(new ForgetDatabase(database, wakeReason())) : List.of();
    }

    private String sleepReason() {
        return "nobody works until " + opening();
    }

    private String wakeReason() {
        return wakefulness.isOffice() ? "work begins at " + opening() : "somebody keeps it awake";
    }

    private Instant opening() {
        return wakefulness.wanted().hours().opening(wakefulness.now());
    }

    private boolean isOver(Instant since, Duration time) {
        return !since.plus(time).isAfter(wakefulness.now());
    }
}
