package dev.yakin.restoredrill;

import dev.yakin.restoredrill.Inspection.Checked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the restored database with the manifest of the live one, and its freshness with the recovery promise.
 *
 * @param manifest empty when the live database could not be looked into
 */
record Comparison(Kind kind, Instant begun, Optional<Inspection> manifest, Inspection restored) {
    /** A backup may be a day old, and shops tidy up: fewer rows than this share of the live ones is a loss. */
    private static final double LEAST_ROWS = 0.9;

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        if (manifest.isEmpty()) {
            findings.add(new Finding(false, "no-manifest", "-", "-", "-"));
        }
        manifest.ifPresent(live -> {
            tables(live, findings);
            extensions(live, findings);
            var missing = new TreeSet<>(live.roles());
            missing.removeAll(restored.roles());
            missing.forEach(role -> findings.add(new Finding(true, "missing-role", role, "1", "0")));
        });
        restored.collations().forEach(name -> findings.add(new Finding(true, "collation", name, "-", "-")));
        restored.checks().stream()
                .filter(check -> !check.isGood())
                .map(Comparison::of)
                .forEach(findings::add);
        if (restored.tables().isEmpty()) {
            findings.add(new Finding(true, "empty", "-", "> 0", "0"));
        }
        loss().filter(lost -> lost.compareTo(kind.promisedLoss()) > 0)
                .ifPresent(lost -> findings.add(
                        new Finding(true, "stale", kind.word(), minutes(kind.promisedLoss()), minutes(lost))));
        return findings;
    }

    /**
     * The measured RPO: how far the newest business timestamp lies behind the live one's, and behind the begin of the
     * drill when nobody knows the live one's. Empty without a timestamp.
     */
    Optional<Duration> loss() {
        var reference = manifest.flatMap(Inspection::freshest).orElse(begun);
        return restored.freshest()
                .map(newest -> Duration.between(newest, reference))
                .map(lost -> lost.isNegative() ? Duration.ZERO : lost);
    }

    private void tables(Inspection live, List<Finding> findings) {
        new TreeMap<>(live.tables()).forEach((name, table) -> {
            var found = restored.tables().get(name);
            if (found == null) {
                findings.add(new Finding(true, "missing-table", name, "1", "0"));
                return;
            }
            if (found.rows() < Math.floor(table.rows() * LEAST_ROWS)) {
                findings.add(new Finding(
                        true, "fewer-rows", name, String.valueOf(table.rows()), String.valueOf(found.rows())));
            }
            if (!found.columns().equals(table.columns())) {
                // Of a snapshot of last night a migration since then is the likely reason.
                var fails = kind == Kind.POINT_IN_TIME;
                findings.add(new Finding(fails, "columns", name, table.columns(), found.columns()));
            }
        });
    }

    private void extensions(Inspection live, List<Finding> findings) {
        new TreeMap<>(live.extensions()).forEach((name, version) -> {
            var found = restored.extensions().getOrDefault(name, "-");
            if (!found.equals(version)) {
                findings.add(new Finding(found.equals("-"), "extension", name, version, found));
            }
        });
    }

    private static Finding of(Checked check) {
        return new Finding(true, "check", check.name(), check.expected(), check.found());
    }

    private static String minutes(Duration span) {
        return span.toMinutes() + " min";
    }
}
