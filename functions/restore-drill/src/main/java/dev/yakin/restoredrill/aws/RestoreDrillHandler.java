package dev.yakin.restoredrill.aws;

import dev.yakin.restoredrill.DrillAction;
import dev.yakin.restoredrill.Eyes;
import dev.yakin.restoredrill.Instances;
import dev.yakin.restoredrill.Kind;
import dev.yakin.restoredrill.Observed;
import dev.yakin.restoredrill.Probe;
import dev.yakin.restoredrill.Records;
import dev.yakin.restoredrill.RestoreDrill;
import dev.yakin.restoredrill.Wanted;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import dev.yakin.shared.SaleFreeze;
import dev.yakin.shared.ScheduledHandler;
import dev.yakin.shared.Settings;
import dev.yakin.shared.TrustBundle;
import dev.yakin.shared.aws.Clients;
import dev.yakin.shared.aws.NoticesTopic;
import dev.yakin.shared.aws.ParameterStoreFreeze;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Runs every five minutes on Sunday mornings, and every hour for what was left behind. */
public final class RestoreDrillHandler extends ScheduledHandler<DrillAction> {
    private static final String FUNCTION = "restore-drill";

    private final Wanted wanted;
    private final Instances instances;
    private final Records records;
    private final Eyes eyes;
    private final Supplier<SaleFreeze> freeze;
    private final Consumer<Notice> notices;
    private final Clock clock;
    private final Journal journal;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public RestoreDrillHandler() {
        this(Settings.fromEnvironment(), Clock.systemUTC());
    }

    private RestoreDrillHandler(Settings environment, Clock clock) {
        this(RestoreDrillSettings.from(environment), Clients.create(SsmClient.builder()), environment, clock);
        Clients.prime(journal, instances::drills);
    }

    private RestoreDrillHandler(RestoreDrillSettings settings, SsmClient ssm, Settings environment, Clock clock) {
        this(
                settings.wanted(),
                rds(settings),
                new BucketRecords(Clients.create(S3Client.builder()), settings.bucket()),
                new SecretEyes(
                        Clients.create(SecretsManagerClient.builder()),
                        settings.readerSecret(),
                        TrustBundle.file(RestoreDrillHandler.class).toString(),
                        settings.freshness(),
                        () -> Probe.checks(ssm.getParameter(request -> request.name(settings.checksParameter()))
                                .parameter()
                                .value()),
                        clock),
                ParameterStoreFreeze.from(ssm, environment)::look,
                new NoticesTopic(Clients.create(SnsClient.builder()), settings.noticesTopic())::publish,
                clock,
                new Journal(settings.wanted().stack(), FUNCTION, clock, System.out));
    }

    private static Instances rds(RestoreDrillSettings settings) {
        var wanted = settings.wanted();
        var abroad = wanted.secondRegion()
                .filter(_ -> wanted.drillsCopies())
                .map(region -> new Abroad(region, Clients.create(RdsClient.builder(), region)));
        var home = Clients.create(RdsClient.builder());
        var shape = settings.shape();
        return settings.isCluster()
                ? new AuroraClusters(
                        home, new ClusterSnapshots(home, abroad, shape, wanted.zone()), shape, wanted.zone())
                : new RdsInstances(home, abroad, shape, wanted.zone());
    }

    /** With everything from outside given. */
    RestoreDrillHandler(
            Wanted wanted,
            Instances instances,
            Records records,
            Eyes eyes,
            Supplier<SaleFreeze> freeze,
            Consumer<Notice> notices,
            Clock clock,
            Journal journal) {
        super(FUNCTION, clock, journal);
        this.wanted = wanted;
        this.instances = instances;
        this.records = records;
        this.eyes = eyes;
        this.freeze = freeze;
        this.notices = notices;
        this.clock = clock;
        this.journal = journal;
    }

    @Override
    protected List<DrillAction> plan() {
        var now = clock.instant();
        var drills = instances.drills();
        var copies = instances.copies();
        var reaped = RestoreDrill.reap(wanted, now, drills, copies);
        if (!reaped.isEmpty()) {
            return reaped;
        }
        var day = RestoreDrill.day(wanted, now, drills, copies);
        var past = records.past(YearMonth.from(day));
        var looked = RestoreDrill.toInspect(drills, past).map(eyes::restored);
        var isIdle = drills.isEmpty() && copies.isEmpty();
        var turn = Kind.ofWeek(day, wanted.drillsCopies());
        var observed = new Observed(
                isIdle && RestoreDrill.mayBegin(wanted, now, day, past)
                        ? Optional.of(instances.source(turn))
                        : Optional.empty(),
                drills,
                copies,
                past,
                isIdle ? freeze.get() : SaleFreeze.NONE,
                records.refusal(day),
                records.manifest(day),
                looked);
        return RestoreDrill.plan(wanted, now, observed);
    }

    @Override
    protected void apply(DrillAction action) {
        switch (action) {
            case DrillAction.Wait _ -> {
                // The log line of the action is all there is to do.
            }
            case DrillAction.CopyHome copy ->
                heard(copy.day(), () -> instances.copyHome(copy.target(), copy.day(), copy.copyArn(), copy.at()));
            case DrillAction.Restore restore ->
                heard(
                        restore.day(),
                        () -> instances.restore(
                                restore.target(), restore.day(), restore.kind(), restore.from(), restore.at()));
            case DrillAction.AddMember add ->
                heard(add.day(), () -> instances.addMember(add.target(), add.day(), add.kind(), add.at()));
            case DrillAction.SaveManifest save -> records.saveManifest(save.day(), eyes.live());
            case DrillAction.SetCredentials set -> instances.setCredentials(set.target());
            case DrillAction.KeepEvidence keep ->
                records.keep(keep.target(), keep.evidence().toString());
            case DrillAction.Measure measure -> journal.seconds(measure.target(), measure.value());
            case DrillAction.Delete delete -> instances.delete(delete.target());
            case DrillAction.DeleteCopy delete -> instances.deleteCopy(delete.target());
            case DrillAction.Say say -> notices.accept(say.notice());
        }
    }

    /** What RDS refuses is tried again by the next look; its words are kept for the one that gives up. */
    private void heard(LocalDate day, Runnable restores) {
        try {
            restores.run();
        } catch (RuntimeException refused) {
            try {
                records.keepRefusal(day, String.valueOf(refused.getMessage()));
            } catch (RuntimeException unkept) {
                refused.addSuppressed(unkept);
            }
            throw refused;
        }
    }
}
