package dev.yakin.salescaling;

import java.util.List;
import java.util.Optional;

/** The raises that Application Auto Scaling carries out by itself. */
public interface Raises {
    /** Begins the name of each of ours; others are people's own and stay as they are. */
    String PREFIX = "yakin-";

    /** @param unreadable why they cannot be read; then {@code raises} is empty and nothing is changed */
    record Left(List<ScheduledRaise> raises, Optional<String> unreadable) {
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
