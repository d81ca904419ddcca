package dev.yakin.devshutdown.aws;

import com.amazonaws.services.lambda.runtime.Context;
import dev.yakin.devshutdown.DevAction;
import dev.yakin.devshutdown.DevShutdown;
import dev.yakin.devshutdown.Observed;
import dev.yakin.devshutdown.Wanted;
import dev.yakin.shared.Journal;
import dev.yakin.shared.ScheduledHandler;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs every five minutes and on events of RDS. The event only wakes it; the clock and the calendar decide. */
public final class DevShutdownHandler extends ScheduledHandler<DevAction> {
    private static final String FUNCTION = "dev-shutdown";

    /** A call may take as long as the SDK tries; what is left then is the next look's. */
    private static final Duration LAST_CALL = Duration.ofSeconds(30);

    private final Wanted wanted;
    private final Outside outside;
    private final Clock clock;
    private final Journal journal;
    private Supplier<Duration> timeLeft = () -> LAST_CALL;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public DevShutdownHandler() {
        this(DevShutdownSettings.from(Settings.fromEnvironment()), Clock.systemUTC());
    }

    private DevShutdownHandler(DevShutdownSettings settings, Clock clock) {
        this(settings, clock, new Journal(settings.wanted().stack(), FUNCTION, clock, System.out));
    }

    private DevShutdownHandler(DevShutdownSettings settings, Clock clock, Journal journal) {
        this(settings.wanted(), Outside.aws(settings, FUNCTION, clock, journal), clock, journal);
        // The first look uses these; the others are rare.
        Clients.prime(journal, outside.notebook()::read);
        Clients.prime(journal, outside.fleet()::services);
        Clients.prime(journal, outside.fleet()::databases);
    }

    /** With everything from outside given. */
    DevShutdownHandler(Wanted wanted, Outside outside, Clock clock, Journal journal) {
        super(FUNCTION, clock, journal);
        this.wanted = wanted;
        this.outside = outside;
        this.clock = clock;
        this.journal = journal;
    }

    @Override
    protected void invoked(Context context) {
        timeLeft = () -> Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    @Override
    protected List<DevAction> plan() {
        var now = clock.instant();
        var page = outside.notebook().read();
        var seen = new Observed(
                outside.fleet().services(),
                outside.fleet().databases(),
                page.keepAwake(),
                page.told(),
                Map.of(),
                Optional.empty());
        var observed = new Observed(
                seen.services(),
                seen.databases(),
                seen.keepAwake(),
                seen.told(),
                outside.fleet().healthy(DevShutdown.watched(wanted, now, seen)),
                DevShutdown.needsSavings(wanted, now, seen)
                        ? Optional.of(outside.savings()
                                .since(DevShutdown.weekBegins(wanted, now), DevShutdown.monthBegins(wanted, now), now))
                        : Optional.empty());
        measure(observed);
        return DevShutdown.plan(wanted, now, observed);
    }

    @Override
    protected void apply(DevAction action) {
        if (timeLeft.get().compareTo(LAST_CALL) < 0) {
            throw new IllegalStateException("no time is left in this look; the next one goes on here");
        }
        var fleet = outside.fleet();
        switch (action) {
            case DevAction.Say say -> outside.notices().accept(say.notice());
            case DevAction.Remember remember -> outside.notebook().write(remember.topic(), remember.value());
            case DevAction.SaveService save -> fleet.save(save.service(), save.asleep());
            case DevAction.SetBounds set -> fleet.setBounds(set.service(), set.to());
            case DevAction.SetDesired set -> fleet.setDesired(set.service(), set.to());
            case DevAction.ForgetService forget -> fleet.forget(forget.service());
            case DevAction.SaveDatabase save -> fleet.save(save.database(), save.value());
            case DevAction.StopDatabase stop -> fleet.stop(stop.database());
            case DevAction.StartDatabase start -> fleet.start(start.database());
            case DevAction.ForgetDatabase forget -> fleet.forget(forget.database());
        }
    }

    /** Gauges: a dry run and a doubled look measure the same. */
    private void measure(Observed observed) {
        var rest = DevShutdown.rest(wanted, clock.instant(), observed);
        journal.count(MetricSavings.SHARE, rest.share());
        journal.count(MetricSavings.YEN, rest.yenPerHour());
        if (rest.left() > 0) {
            journal.line(
                    "INFO",
                    "on the way",
                    Map.of(
                            "left", String.valueOf(rest.left()),
                            "sleeping", String.valueOf(rest.sleeping()),
                            "all", String.valueOf(rest.all())));
        }
    }
}
