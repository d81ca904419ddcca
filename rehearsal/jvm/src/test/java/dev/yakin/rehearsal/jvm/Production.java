package dev.yakin.rehearsal.jvm;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Supplier;

/** Ways in which production code may ask for the time: three that the agent allows, and some of those it refuses. */
final class Production {
    private Production() {}

    public static final class AsksTheClock implements Supplier<Object> {
        @Override
        public Object get() {
            // The branch gives the method a stack map, which the rewriting has to keep valid.
            var clock = hashCode() == 0 ? Clock.systemUTC().withZone(ZoneOffset.MAX) : Clock.systemUTC();
            return clock.instant();
        }
    }

    public static final class NeedsNoTime implements Supplier<Object> {
        @Override
        public Object get() {
            return Instant.EPOCH;
        }
    }

    public static final class AsksTheInjectedClock implements Supplier<Object> {
        private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

        @Override
        public Object get() {
            return LocalDate.now(clock);
        }
    }

    public static final class AsksTheMachine implements Supplier<Object> {
        @Override
        public Object get() {
            return System.currentTimeMillis();
        }
    }

    public static final class AsksForAnInstant implements Supplier<Object> {
        @Override
        public Object get() {
            return Instant.now();
        }
    }

    public static final class AsksForADate implements Supplier<Object> {
        @Override
        public Object get() {
            return LocalDate.now(ZoneOffset.UTC);
        }
    }

    @SuppressWarnings("JavaUtilDate")
    public static final class AsksForAnOldDate implements Supplier<Object> {
        @Override
        public Object get() {
            return new Date();
        }
    }

    public static final class AsksForACalendar implements Supplier<Object> {
        @Override
        public Object get() {
            return Calendar.getInstance();
        }
    }

    public static final class AsksForTicks implements Supplier<Object> {
        @Override
        public Object get() {
            return Clock.tickSeconds(ZoneOffset.UTC);
        }
    }

    public static final class RefersToTheClock implements Supplier<Object> {
        @Override
        public Object get() {
            Supplier<Clock> clock = Clock::systemUTC;
            return clock.get();
        }
    }

    @SuppressWarnings("TimeInStaticInitializer")
    public static final class HasAnInitializer implements Supplier<Object> {
        private static final Instant STARTED = Instant.now();

        @Override
        public Object get() {
            return STARTED;
        }
    }
}
