package dev.yakin.restoredrill;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.yakin.restoredrill.DrillAction.Delete;
import dev.yakin.restoredrill.DrillAction.KeepEvidence;
import dev.yakin.restoredrill.DrillAction.Measure;
import dev.yakin.restoredrill.Past.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of a drill: tell, keep the evidence, delete. In this order, each only after the one before: a crash between two
 * of them repeats the first with the same id, and never forgets the last.
 */
record Report(DrillVoice voice, Instant now, Drill drill, Optional<Inspection> manifest) {
    /** The target of the recovery promise; {@link RestoreDrill#LONGEST} is its limit. */
    static final Duration TARGET = Duration.ofMinutes(30);

    List<DrillAction> done(Inspection restored) {
        var comparison = new Comparison(drill.kind(), drill.begun(), manifest, restored);
        var findings = comparison.findings();
        var took = took();
        var passed = findings.stream().noneMatch(Finding::fails) && took.compareTo(RestoreDrill.LONGEST) <= 0;
        var evidence = evidence(passed, findings);
        comparison.loss().ifPresent(loss -> evidence.addProperty("rpoSeconds", loss.toSeconds()));
        evidence.addProperty("tables", restored.tables().size());
        evidence.addProperty(
                "rows",
                restored.tables().values().stream()
                        .mapToLong(Inspection.Table::rows)
                        .sum());
        var plan = new ArrayList<DrillAction>();
        plan.add(new Measure("RestoreTime", took, "the measured RTO: from the request to the last check"));
        comparison
                .loss()
                .ifPresent(loss -> plan.add(new Measure("RestoreLoss", loss, "the measured RPO of the backup")));
        plan.addAll(delete(tell(
                passed ? End.PASSED : End.FAILED,
                evidence,
                voice.result(drill, passed, took, comparison.loss(), findings, restored))));
        return plan;
    }

    /** It has an instance, which goes. */
    List<DrillAction> failed(String cause) {
        return delete(failedBefore(cause));
    }

    /** It has no instance yet. A copy that was made for it goes at the next look, when this is kept. */
    List<DrillAction> failedBefore(String cause) {
        var evidence = evidence(false, List.of(new Finding(true, "not-restored", drill.id(), "available", cause)));
        return tell(End.FAILED, evidence, voice.failed(drill, cause));
    }

    /** It was kept from beginning. */
    List<DrillAction> skipped(String reason) {
        var evidence = evidence(false, List.of(new Finding(false, "skipped", drill.id(), "begun", reason)));
        return tell(End.SKIPPED, evidence, List.of(voice.skipped(drill, reason)));
    }

    private List<DrillAction> tell(End end, JsonObject evidence, List<DrillAction.Say> says) {
        var plan = new ArrayList<DrillAction>(says);
        var name = new Past(drill.day(), end, took().toMinutes()).name();
        plan.add(new KeepEvidence(name, evidence, says.getFirst(), "kept for a year"));
        return plan;
    }

    private List<DrillAction> delete(List<DrillAction> told) {
        var plan = new ArrayList<>(told);
        plan.add(new Delete(drill.id(), Optional.of(told.getLast()), "the drill is over"));
        return plan;
    }

    private JsonObject evidence(boolean passed, List<Finding> findings) {
        var json = new JsonObject();
        json.addProperty("drill", drill.id());
        json.addProperty("kind", drill.kind().word());
        json.addProperty("begun", drill.begun().toString());
        json.addProperty("ended", now.toString());
        json.addProperty("passed", passed);
        json.addProperty("rtoSeconds", took().toSeconds());
        json.addProperty("compared", manifest.isPresent());
        var list = new JsonArray();
        findings.forEach(finding -> list.add(finding.toString()));
        json.add("findings", list);
        return json;
    }

    private Duration took() {
        return Duration.between(drill.begun(), now);
    }
}
