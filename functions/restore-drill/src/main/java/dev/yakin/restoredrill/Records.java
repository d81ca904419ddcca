package dev.yakin.restoredrill;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** The evidence of drills, and the manifests to compare with. */
public interface Records {
    List<Past> past(YearMonth month);

    void keep(String name, String json);

    /** What RDS said when it last refused the drill of that day; empty when it did not. */
    Optional<String> refusal(LocalDate day);

    void keepRefusal(LocalDate day, String cause);

    Optional<Inspection> manifest(LocalDate day);

    void saveManifest(LocalDate day, Inspection inspection);
}
