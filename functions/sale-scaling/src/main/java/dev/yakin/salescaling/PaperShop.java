package dev.yakin.salescaling;

import static java.util.stream.Collectors.toMap;

import dev.yakin.shared.calendar.Capacity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A shop on paper, for the plan of coming days: it does at once what it is told, all is well around it, and nobody
 * interferes. Application Auto Scaling's own schedules run in it, too.
 */
final class PaperShop {
    private final Map<String, ServiceState.Known> services = new LinkedHashMap<>();
    private final Set<ScheduledRaise> raises = new LinkedHashSet<>();
    private final Set<String> told = new HashSet<>();
    private final SalesVersions sales;
    private final Timetable timetable;

    PaperShop(SalesVersions.Version calendar, List<String> services, Capacity bounds, Timetable timetable) {
        this.sales = new SalesVersions(calendar, calendar, Optional.empty());
        this.timetable = timetable;
        services.forEach(name -> put(name, bounds, false));
    }

    Outside outside() {
        return new Outside(
                new Calendar(),
                new PaperFleet(),
                new Well(),
                new Left(),
                new Marks(),
                (_, _) -> new Surroundings(nobody(), nobody(), nobody(), nobody(), nobody(), nobody(), nobody()),
                (_, _, _) -> new Found.Is<>(new Traffic(Duration.ofMinutes(1), List.of())),
                _ -> {});
    }

    /** What Application Auto Scaling does by itself at this moment, by service. */
    Map<String, Timetable.Run> runSchedules(Instant from, Instant until) {
        var runs = services.values().stream()
                .filter(service -> !service.suspended())
                .flatMap(service -> timetable.lastRun(service.service(), until).stream())
                .filter(run -> run.at().isAfter(from))
                .collect(toMap(run -> run.entry().service(), run -> run));
        runs.forEach((name, run) -> put(name, run.entry().on(bounds(name)), false));
        return runs;
    }

    private Capacity bounds(String name) {
        return Optional.ofNullable(services.get(name))
                .flatMap(ServiceState.Known::bounds)
                .orElseThrow();
    }

    private void put(String name, Capacity bounds, boolean suspended) {
        services.put(name, new ServiceState.Known(name, Optional.of(bounds), bounds.min(), suspended));
    }

    private static <T> Found<T> nobody() {
        return new Found.Nothing<>();
    }

    private final class Calendar implements SalesParameter {
        @Override
        public SalesVersions look() {
            return sales;
        }

        @Override
        public void label(long version, String label) {}

        @Override
        public void removeLabel(long version, String label) {}
    }

    private final class PaperFleet implements Fleet {
        @Override
        public List<ServiceState> look() {
            return List.copyOf(services.values());
        }

        @Override
        public void setCapacity(String service, Capacity capacity, boolean suspended) {
            put(service, capacity, suspended);
        }

        @Override
        public void setDesiredCount(String service, int desired) {}
    }

    /** Every task is ready, and was so when people were last told. */
    private static final class Well implements Health {
        @Override
        public List<ServiceHealth> look(List<String> services, Instant now) {
            return List.of();
        }

        @Override
        public void remember(String service, Said said) {}
    }

    private final class Left implements Raises {
        @Override
        public Raises.Left look() {
            return new Raises.Left(new ArrayList<>(raises), timetable, Optional.empty());
        }

        @Override
        public void put(ScheduledRaise raise) {
            raises.removeIf(
                    one -> one.name().equals(raise.name()) && one.service().equals(raise.service()));
            raises.add(raise);
        }

        @Override
        public void delete(ScheduledRaise raise) {
            raises.remove(raise);
        }
    }

    private final class Marks implements Memory {
        @Override
        public Found<Told> look() {
            return new Found.Is<>(new Told(List.copyOf(told)));
        }

        @Override
        public void remember(String key) {
            told.add(Told.mark(key));
        }

        @Override
        public void forget(String key) {
            told.remove(Told.mark(key));
        }
    }
}
