package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Fleet;
import dev.yakin.salescaling.Health;
import dev.yakin.salescaling.Observed;
import dev.yakin.salescaling.Raises;
import dev.yakin.salescaling.SaleAction;
import dev.yakin.salescaling.SaleScaling;
import dev.yakin.salescaling.SalesParameter;
import dev.yakin.salescaling.Wanted;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import dev.yakin.shared.ScheduledHandler;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import dev.yakin.shared.aws.NoticesTopic;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Runs every five minutes. The event only wakes it; the calendar and the clock decide. */
public final class SaleScalingHandler extends ScheduledHandler<SaleAction> {
    private static final String FUNCTION = "sale-scaling";

    private final Wanted wanted;
    private final SalesParameter sales;
    private final Fleet fleet;
    private final Health health;
    private final Raises raises;
    private final Consumer<Notice> notices;
    private final Clock clock;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public SaleScalingHandler() {
        this(SaleScalingSettings.from(Settings.fromEnvironment()), Clock.systemUTC());
    }

    private SaleScalingHandler(SaleScalingSettings settings, Clock clock) {
        this(settings, clock, new Journal(settings.wanted().stack(), FUNCTION, clock, System.out));
    }

    private SaleScalingHandler(SaleScalingSettings settings, Clock clock, Journal journal) {
        this(
                settings,
                new AutoScalingFleet(
                        Clients.create(ApplicationAutoScalingClient.builder()),
                        Clients.create(EcsClient.builder()),
                        settings.cluster(),
                        settings.services()),
                clock,
                journal);
    }

    private SaleScalingHandler(SaleScalingSettings settings, AutoScalingFleet fleet, Clock clock, Journal journal) {
        this(
                settings.wanted(),
                new ParameterStoreSales(
                        Clients.create(SsmClient.builder()), settings.wanted().parameter()),
                fleet,
                new EcsHealth(fleet, Clients.create(ElasticLoadBalancingV2Client.builder())),
                new ScheduledActions(fleet),
                new NoticesTopic(Clients.create(SnsClient.builder()), settings.noticesTopic())::publish,
                clock,
                journal);
        // The topic has no cheap read, and most looks say nothing; nor do they judge tasks.
        Clients.prime(journal, sales::look);
        Clients.prime(journal, fleet::look);
        Clients.prime(journal, raises::look);
    }

    /** With everything from outside given. */
    SaleScalingHandler(
            Wanted wanted,
            SalesParameter sales,
            Fleet fleet,
            Health health,
            Raises raises,
            Consumer<Notice> notices,
            Clock clock,
            Journal journal) {
        super(FUNCTION, clock, journal);
        this.wanted = wanted;
        this.sales = sales;
        this.fleet = fleet;
        this.health = health;
        this.raises = raises;
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    protected List<SaleAction> plan() {
        var now = clock.instant();
        var versions = sales.look();
        var services = fleet.look();
        var watched = SaleScaling.watched(wanted, now, versions, services);
        return SaleScaling.plan(wanted, now, new Observed(versions, services, health.look(watched), raises.look()));
    }

    @Override
    protected void apply(SaleAction action) {
        switch (action) {
            case SaleAction.Say say -> notices.accept(say.notice());
            case SaleAction.SetCapacity set -> fleet.setCapacity(set.target(), set.to());
            case SaleAction.RaiseDesiredCount raise -> fleet.setDesiredCount(raise.target(), raise.to());
            case SaleAction.LabelVersion label -> sales.label(label.version(), label.label());
            case SaleAction.RemoveLabel label -> sales.removeLabel(label.version(), label.label());
            case SaleAction.PutScheduledRaise put -> raises.put(put.raise());
            case SaleAction.DeleteScheduledRaise delete -> raises.delete(delete.raise());
            case SaleAction.RememberSaid remember -> health.remember(remember.target(), remember.said());
            case SaleAction.GiveUp giveUp -> throw new IllegalStateException(giveUp.target() + ": " + giveUp.reason());
        }
    }
}
