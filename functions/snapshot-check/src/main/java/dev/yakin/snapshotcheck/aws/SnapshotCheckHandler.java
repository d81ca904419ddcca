package dev.yakin.snapshotcheck.aws;

import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import dev.yakin.shared.ScheduledHandler;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import dev.yakin.shared.aws.NoticesTopic;
import dev.yakin.snapshotcheck.Backups;
import dev.yakin.snapshotcheck.CheckAction;
import dev.yakin.snapshotcheck.SnapshotCheck;
import dev.yakin.snapshotcheck.Wanted;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Runs every hour, and when something is due. The event only wakes it; the state and the clock decide. */
public final class SnapshotCheckHandler extends ScheduledHandler<CheckAction> {
    private static final String FUNCTION = "snapshot-check";

    private final Wanted wanted;
    private final Backups backups;
    private final Consumer<Notice> notices;
    private final Clock clock;
    private final Journal journal;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public SnapshotCheckHandler() {
        this(SnapshotCheckSettings.from(Settings.fromEnvironment()), Clock.systemUTC());
    }

    private SnapshotCheckHandler(SnapshotCheckSettings settings, Clock clock) {
        this(
                settings.wanted(),
                backups(settings),
                new NoticesTopic(Clients.create(SnsClient.builder()), settings.noticesTopic())::publish,
                clock,
                new Journal(settings.wanted().stack(), FUNCTION, clock, System.out));
        Clients.prime(journal, () -> backups.look(clock.instant()));
    }

    /** With everything from outside given. */
    SnapshotCheckHandler(Wanted wanted, Backups backups, Consumer<Notice> notices, Clock clock, Journal journal) {
        super(FUNCTION, clock, journal);
        this.wanted = wanted;
        this.backups = backups;
        this.notices = notices;
        this.clock = clock;
        this.journal = journal;
    }

    private static Backups backups(SnapshotCheckSettings settings) {
        return new RdsBackups(
                shelf(settings, settings.region()),
                settings.region(),
                settings.keyAbroad()
                        .map(key -> new RdsBackups.Abroad(
                                shelf(settings, settings.wanted().secondRegion().orElseThrow()), key)),
                Clients.create(KmsClient.builder()));
    }

    private static Shelf shelf(SnapshotCheckSettings settings, String region) {
        var rds = Clients.create(RdsClient.builder(), region);
        var database = settings.wanted().database();
        var maySleep = settings.wanted().stage().equals("dev");
        return settings.isCluster()
                ? new ClusterShelf(rds, database, maySleep)
                : new InstanceShelf(rds, database, maySleep);
    }

    @Override
    protected List<CheckAction> plan() {
        var now = clock.instant();
        return SnapshotCheck.plan(wanted, now, backups.look(now));
    }

    @Override
    protected void apply(CheckAction action) {
        switch (action) {
            case CheckAction.Measure measure -> journal.seconds(measure.target(), measure.value());
            case CheckAction.Find _, CheckAction.Skip _ -> {
                // The log line of the action is all there is to do.
            }
            case CheckAction.CreateSnapshot create -> backups.create(create.target());
            case CheckAction.DeleteSnapshot delete -> backups.delete(delete.target());
            case CheckAction.CopyAbroad copy -> backups.copyAbroad(copy.source(), copy.target());
            case CheckAction.DeleteCopy delete -> backups.deleteAbroad(delete.target());
            case CheckAction.Say say -> notices.accept(say.notice());
            case CheckAction.RememberSaid remember -> backups.remember(remember.said());
            case CheckAction.GiveUp giveUp -> throw new IllegalStateException(giveUp.target() + ": " + giveUp.reason());
        }
    }
}
