package dev.yakin.salescaling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Scheduled actions that keep their state; those of the past stay, as in Application Auto Scaling. */
public final class FakeRaises implements Raises {
    private final Map<String, ScheduledRaise> raises = new TreeMap<>();
    private Timetable timetable = Timetable.NONE;
    private Optional<String> unreadable = Optional.empty();

    /** What the template has scheduled. */
    public void schedule(Timetable.Entry... entries) {
        timetable = new Timetable(List.of(entries));
    }

    /** Besides what is scheduled already. */
    public void also(Timetable.Entry... entries) {
        timetable = new Timetable(
                Stream.concat(timetable.entries().stream(), Stream.of(entries)).toList());
    }

    public void deny() {
        unreadable = Optional.of("AccessDeniedException");
    }

    public List<ScheduledRaise> all() {
        return List.copyOf(raises.values());
    }

    @Override
    public Left look() {
        return unreadable.isPresent()
                ? new Left(List.of(), Timetable.NONE, unreadable)
                : new Left(all(), timetable, unreadable);
    }

    @Override
    public void put(ScheduledRaise raise) {
        raises.put(raise.service() + "/" + raise.name(), raise);
    }

    @Override
    public void delete(ScheduledRaise raise) {
        raises.remove(raise.service() + "/" + raise.name());
    }
}
