package dev.yakin.salescaling;

import java.util.List;
import java.util.Optional;

/** The raises that Application Auto Scaling carries out by itself. */
public interface Raises {
    /** Begins the name of each of ours; others are people's own and stay as they are. */
    String PREFIX = "yakin-";

    /**
     * @param timetable what others have scheduled
     * @param unreadable why nobody can say; then the others are empty, nothing is changed and nothing is lowered
     */
    record Left(List<ScheduledRaise> raises, Timetable timetable, Optional<String> unreadable) {
        public Left {
            raises = List.copyOf(raises);
        }
    }

    /** Ours, those of the past included. */
    Left look();

    /** Replaces one of the same name and service. */
    void put(ScheduledRaise raise);

    /** One that is gone already is what was wanted. */
    void delete(ScheduledRaise raise);
}
