package dev.yakin.restoredrill;

import dev.yakin.shared.SaleFreeze;
import java.util.List;
import java.util.Optional;

/**
 * What one look saw.
 *
 * @param source what there is to restore; empty unless a drill may begin now
 * @param drills all instances with the tag of a drill of this stack, whoever left them
 * @param copies all snapshots with that tag
 * @param past the evidence of this month
 * @param refusal what RDS said when it last refused this day's drill
 * @param manifest of the live database, taken when the drill began
 * @param looked what was found in the restored database, if the step is to look into it
 */
public record Observed(
        Optional<Source> source,
        List<Drill> drills,
        List<HomeCopy> copies,
        List<Past> past,
        SaleFreeze freeze,
        Optional<String> refusal,
        Optional<Inspection> manifest,
        Optional<Looked> looked) {
    public Observed {
        drills = List.copyOf(drills);
        copies = List.copyOf(copies);
        past = List.copyOf(past);
    }

    /** The result of looking: what was found, or why nobody could look. */
    public sealed interface Looked {
        record Found(Inspection inspection) implements Looked {}

        record Refused(String cause) implements Looked {}
    }
}
