package dev.yakin.restoredrill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a database holds: of the live one it is the manifest, of the restored one it is compared with that.
 *
 * @param tables by schema and name, {@code public.orders}
 * @param extensions version by name
 * @param roles without those of PostgreSQL and RDS
 * @param collations whose version is not the operating system's: their indexes may be out of order
 * @param freshest the newest business timestamp; empty when no query for it is set, or the table is empty
 * @param checks the team's own, by name
 */
public record Inspection(
        Map<String, Table> tables,
        Map<String, String> extensions,
        Set<String> roles,
        List<String> collations,
        Optional<Instant> freshest,
        List<Checked> checks) {
    public Inspection {
        tables = Map.copyOf(tables);
        extensions = Map.copyOf(extensions);
        roles = Set.copyOf(roles);
        collations = List.copyOf(collations);
        checks = List.copyOf(checks);
    }

    /** The same with one check more. */
    public Inspection and(Checked more) {
        var all = new ArrayList<>(checks);
        all.add(more);
        return new Inspection(tables, extensions, roles, collations, freshest, all);
    }

    /** @param columns a fingerprint of names, types and nullability, in order */
    public record Table(String columns, long rows) {}

    /** @param found the first value of the first row, or what PostgreSQL complained about */
    public record Checked(String name, String expected, String found) {
        boolean isGood() {
            return expected.equals(found);
        }
    }
}
