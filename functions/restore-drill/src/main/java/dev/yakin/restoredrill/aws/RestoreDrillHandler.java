package dev.yakin.restoredrill.aws;

import dev.yakin.restoredrill.DrillAction;
import dev.yakin.restoredrill.Eyes;
import dev.yakin.restoredrill.Instances;
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
                new RdsInstances(
                        Clients.create(RdsClient.builder()),
                        settings.shape(),
                        settings.wanted().zone()),
                new BucketRecords(Clients.create(S3Client.builder()), settings.bucket()),
                new SecretEyes(
                        Clients.create(SecretsManagerClient.builder()),
                        settings.readerSecret(),
                        TrustBundle.file(RestoreDrillHandler.class).toString(),
                        settings.freshness(),
                        () -> Probe.checks(ssm.getParameter(request -> request.name(settings.checksParameter()))
                                .parameter()
                                .value())),
                ParameterStoreFreeze.from(ssm, environment)::look,
                new NoticesTopic(Clients.create(SnsClient.builder()), settings.noticesTopic())::publish,
                clock,
                new Journal(settings.wanted().stack(), FUNCTION, clock, System.out));
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
        var reaped = RestoreDrill.reap(wanted, now, drills);
        if (!reaped.isEmpty()) {
            return reaped;
        }
        var day = RestoreDrill.day(wanted, now, drills);
        var past = records.past(YearMonth.from(day));
        var looked = RestoreDrill.toInspect(drills, past, now).map(eyes::restored);
        // Only a drill that may begin needs to know what there is to restore, and whether a sale forbids it.
        var begins = drills.isEmpty();
        var observed = new Observed(
                begins ? Optional.of(instances.source()) : Optional.empty(),
                drills,
                past,
                begins ? freeze.get() : SaleFreeze.NONE,
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
            case DrillAction.Restore restore ->
                instances.restore(restore.target(), restore.day(), restore.kind(), restore.source(), restore.at());
            case DrillAction.SaveManifest save -> records.saveManifest(save.day(), eyes.live());
            case DrillAction.SetCredentials set -> instances.setCredentials(set.target());
            case DrillAction.KeepEvidence keep ->
                records.keep(keep.target(), keep.evidence().toString());
            case DrillAction.Measure measure -> journal.seconds(measure.target(), measure.value());
            case DrillAction.Delete delete -> instances.delete(delete.target());
            case DrillAction.Say say -> notices.accept(say.notice());
        }
    }
}
