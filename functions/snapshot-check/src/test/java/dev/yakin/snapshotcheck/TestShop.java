package dev.yakin.snapshotcheck;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A shop whose backups are all well, in production, with a second region; each test breaks one thing. */
public final class TestShop {
    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    public String stage = "prod";
    public Optional<String> secondRegion = Optional.of("ap-northeast-3");
    public Set<String> trusted = Set.of();

    // A Tuesday, 07:00 in Tokyo; the snapshot of the night is there.
    public Instant now = tokyo("2026-11-24T07:00");
    public String status = "available";
    public Optional<Instant> created = Optional.of(tokyo("2025-01-01T00:00"));
    public Optional<Instant> awakeSince = Optional.empty();
    public int retentionDays = 7;
    public Optional<Instant> restorableTo = Optional.of(now.minus(Duration.ofMinutes(4)));
    public boolean encrypted = true;
    public boolean multiAz = true;
    public boolean deletionProtection = true;
    public Optional<Instant> certificateEnds = Optional.of(tokyo("2061-05-25T00:00"));
    public String engineVersion = "17.9";
    public String backupWindow = "18:00-19:00";
    public String maintenanceWindow = "sun:19:30-sun:20:30";
    public Optional<Key> key = Optional.of(new Key(false, true, "Enabled"));
    public Optional<Said> said = Optional.of(new Said(now.atZone(TOKYO).toLocalDate(), java.util.Map.of()));
    public Optional<String> blind = Optional.empty();
    public boolean gone;
    public final List<Snapshot> snapshots = new ArrayList<>(List.of(
            snapshot("rds:shop-2026-11-23-18-05", "available", tokyo("2026-11-24T03:05")),
            snapshot("shop-monthly-2026-11", "available", tokyo("2026-11-01T06:00"))));
    public final List<Snapshot> abroad =
            new ArrayList<>(List.of(snapshot("shop-dr-2026-11-23-18-05", "available", tokyo("2026-11-24T03:05"))));

    public static Instant tokyo(String local) {
        return LocalDateTime.parse(local).atZone(TOKYO).toInstant();
    }

    /** Named {@code rds:…} it is automated, else ours. */
    public static Snapshot snapshot(String name, String status, Instant taken) {
        return snapshot(name, status, taken, true, Set.of());
    }

    public static Snapshot snapshot(
            String name, String status, Instant taken, boolean encrypted, Set<String> sharedWith) {
        var automated = name.startsWith("rds:");
        return new Snapshot(name, "arn:" + name, automated, status, taken, taken, encrypted, !automated, sharedWith);
    }

    public Wanted wanted() {
        return new Wanted("shop-prod", "shop", stage, TOKYO, "en", secondRegion, trusted);
    }

    public Database database() {
        return new Database(
                "shop",
                status,
                created,
                awakeSince,
                retentionDays,
                restorableTo,
                encrypted,
                encrypted ? Optional.of("key") : Optional.empty(),
                multiAz,
                deletionProtection,
                certificateEnds,
                engineVersion,
                backupWindow,
                maintenanceWindow);
    }

    public Observed observed() {
        return new Observed(gone ? Optional.empty() : Optional.of(database()), snapshots, abroad, blind, key, said);
    }

    public List<CheckAction> plan() {
        return SnapshotCheck.plan(wanted(), now, observed());
    }

    public List<Judgement> judged() {
        return new Judge(wanted(), now, observed(), database()).all();
    }
}
