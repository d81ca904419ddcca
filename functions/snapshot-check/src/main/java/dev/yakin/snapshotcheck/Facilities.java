package dev.yakin.snapshotcheck;

import static dev.yakin.shared.Notice.Severity.CRITICAL;
import static dev.yakin.shared.Notice.Severity.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges the database itself: its state and the settings on which its safety rests. */
record Facilities(Wanted wanted, Instant now, Database database) {
    /**
     * From these a database does not come back without help. Source: RDS User Guide, "Viewing DB instance status";
     * Aurora User Guide, "Viewing DB cluster status".
     */
    private static final Set<String> BAD = Set.of(
            "failed",
            "storage-full",
            "restore-error",
            "insufficient-capacity",
            "inaccessible-encryption-credentials",
            "inaccessible-encryption-credentials-recoverable",
            "incompatible-create",
            "incompatible-network",
            "incompatible-option-group",
            "incompatible-parameters",
            "incompatible-restore",
            "stopped",
            "deleting");

    private static final Duration CERTIFICATE_SOON = Duration.ofDays(90);
    private static final Duration CERTIFICATE_NOW = Duration.ofDays(30);
    private static final Duration SUPPORT_SOON = Duration.ofDays(180);

    /** Before the shop wakes up, on local clocks. */
    private static final LocalTime NIGHT_ENDS = LocalTime.of(6, 0);

    /** The office hours of dev, outside of which it sleeps. */
    private static final LocalTime OFFICE_OPENS = LocalTime.of(9, 0);

    private static final LocalTime OFFICE_CLOSES = LocalTime.of(18, 0);

    static Judgement status(Database database) {
        return Judgement.of(Check.STATUS, database.status(), "available", !BAD.contains(database.status()), CRITICAL);
    }

    List<Judgement> judge() {
        var judged = new ArrayList<Judgement>();
        if (wanted.isProduction()) {
            judged.add(Judgement.of(
                    Check.MULTI_AZ, String.valueOf(database.multiAz()), "true", database.multiAz(), WARNING));
            judged.add(Judgement.of(
                    Check.DELETION_PROTECTION,
                    String.valueOf(database.deletionProtection()),
                    "true",
                    database.deletionProtection(),
                    WARNING));
        }
        database.certificateEnds().ifPresent(end -> judged.add(certificate(end)));
        judged.add(engine());
        judged.add(windows());
        return judged;
    }

    private Judgement certificate(Instant ends) {
        var left = Duration.between(now, ends);
        var severity = left.compareTo(CERTIFICATE_NOW) < 0 ? CRITICAL : WARNING;
        return Judgement.of(
                Check.CERTIFICATE, left.toDays() + " d", "> 90 d", left.compareTo(CERTIFICATE_SOON) > 0, severity);
    }

    private Judgement engine() {
        var end = EngineSupport.ends(database.engineVersion());
        if (end.isEmpty()) {
            return Judgement.of(Check.ENGINE, database.engineVersion() + ": ?", EngineSupport.asOf(), false, WARNING);
        }
        var left = Duration.between(now, end.get().atStartOfDay(wanted.zone()).toInstant());
        var figure = "%s: %s".formatted(database.engineVersion(), end.get());
        return Judgement.of(Check.ENGINE, figure, "> 180 d", left.compareTo(SUPPORT_SOON) > 0, WARNING);
    }

    private Judgement windows() {
        var today = now.atZone(wanted.zone()).toLocalDate();
        var backup = Window.daily(database.backupWindow(), wanted.zone(), today);
        var from = wanted.maySleep() ? OFFICE_OPENS : LocalTime.MIDNIGHT;
        var to = wanted.maySleep() ? OFFICE_CLOSES : NIGHT_ENDS;
        var apart = !Window.overlap(database.backupWindow(), database.maintenanceWindow());
        var limit = "%s–%s, ≠ %s UTC".formatted(from, to, database.maintenanceWindow());
        return Judgement.of(Check.WINDOW, backup.toString(), limit, apart && backup.isWithin(from, to), WARNING);
    }
}
