package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Fleet;
import dev.yakin.salescaling.Found;
import dev.yakin.salescaling.Health;
import dev.yakin.salescaling.Memory;
import dev.yakin.salescaling.Raises;
import dev.yakin.salescaling.Said;
import dev.yakin.salescaling.SalesParameter;
import dev.yakin.salescaling.SalesVersions;
import dev.yakin.salescaling.ScheduledRaise;
import dev.yakin.salescaling.ServiceHealth;
import dev.yakin.salescaling.ServiceState;
import dev.yakin.salescaling.Told;
import dev.yakin.shared.Notice;
import dev.yakin.shared.calendar.Capacity;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Lets one change of a look go wrong, counted from 0; the others happen. */
final class Trouble {
    /** What goes wrong. */
    enum Kind {
        DIES_BEFORE,
        DIES_AFTER,
        FAILS
    }

    /** The process is gone: nothing in it catches this. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Kind kind;
    private final int at;
    private int count;

    Trouble(Kind kind, int at) {
        this.kind = kind;
        this.at = at;
    }

    static Trouble none() {
        return new Trouble(Kind.FAILS, -1);
    }

    /** How many changes were tried. */
    int count() {
        return count;
    }

    Consumer<Notice> in(Consumer<Notice> notices) {
        return notice -> change(() -> notices.accept(notice));
    }

    Fleet in(Fleet fleet) {
        return new Fleet() {
            @Override
            public List<ServiceState> look() {
                return fleet.look();
            }

            @Override
            public void setCapacity(String service, Capacity capacity, boolean suspended) {
                change(() -> fleet.setCapacity(service, capacity, suspended));
            }

            @Override
            public void setDesiredCount(String service, int desired) {
                change(() -> fleet.setDesiredCount(service, desired));
            }
        };
    }

    Health in(Health health) {
        return new Health() {
            @Override
            public List<ServiceHealth> look(List<String> services, Instant now) {
                return health.look(services, now);
            }

            @Override
            public void remember(String service, Said said) {
                change(() -> health.remember(service, said));
            }
        };
    }

    Raises in(Raises raises) {
        return new Raises() {
            @Override
            public Left look() {
                return raises.look();
            }

            @Override
            public void put(ScheduledRaise raise) {
                change(() -> raises.put(raise));
            }

            @Override
            public void delete(ScheduledRaise raise) {
                change(() -> raises.delete(raise));
            }
        };
    }

    Memory in(Memory memory) {
        return new Memory() {
            @Override
            public Found<Told> look() {
                return memory.look();
            }

            @Override
            public void remember(String key) {
                change(() -> memory.remember(key));
            }

            @Override
            public void forget(String key) {
                change(() -> memory.forget(key));
            }
        };
    }

    SalesParameter in(SalesParameter sales) {
        return new SalesParameter() {
            @Override
            public SalesVersions look() {
                return sales.look();
            }

            @Override
            public void label(long version, String label) {
                change(() -> sales.label(version, label));
            }

            @Override
            public void removeLabel(long version, String label) {
                change(() -> sales.removeLabel(version, label));
            }
        };
    }

    private void change(Runnable change) {
        if (count++ != at) {
            change.run();
            return;
        }
        switch (kind) {
            case DIES_BEFORE -> throw new Killed();
            case DIES_AFTER -> {
                change.run();
                throw new Killed();
            }
            case FAILS -> throw new IllegalStateException("ThrottlingException: Rate exceeded");
        }
    }
}
