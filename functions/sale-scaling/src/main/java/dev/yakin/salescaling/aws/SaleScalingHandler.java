package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Outside;
import dev.yakin.salescaling.SaleAction;
import dev.yakin.salescaling.SaleScaling;
import dev.yakin.salescaling.Wanted;
import dev.yakin.shared.Journal;
import dev.yakin.shared.ScheduledHandler;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import java.time.Clock;
import java.util.List;

/** Runs every five minutes. The event only wakes it; the calendar and the clock decide. */
public final class SaleScalingHandler extends ScheduledHandler<SaleAction> {
    private static final String FUNCTION = "sale-scaling";

    private final Wanted wanted;
    private final Outside outside;
    private final Clock clock;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public SaleScalingHandler() {
        this(SaleScalingSettings.from(Settings.fromEnvironment()), Clock.systemUTC());
    }

    private SaleScalingHandler(SaleScalingSettings settings, Clock clock) {
        this(
                settings.wanted(),
                AwsOutside.of(settings),
                clock,
                new Journal(settings.wanted().stack(), FUNCTION, clock, System.out));
        // The topic has no cheap read, most looks judge no tasks, and the raises are read by the fleet's client.
        Clients.prime(journal(), outside.sales()::look);
        Clients.prime(journal(), outside.fleet()::look);
    }

    /** With everything from outside given. */
    SaleScalingHandler(Wanted wanted, Outside outside, Clock clock, Journal journal) {
        super(FUNCTION, clock, journal);
        this.wanted = wanted;
        this.outside = outside;
        this.clock = clock;
    }

    @Override
    protected List<SaleAction> plan() {
        var now = clock.instant();
        return SaleScaling.plan(wanted, now, outside.look(wanted, now));
    }

    @Override
    protected void apply(SaleAction action) {
        outside.apply(action);
    }
}
