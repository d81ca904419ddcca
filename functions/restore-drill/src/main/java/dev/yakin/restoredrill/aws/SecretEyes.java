package dev.yakin.restoredrill.aws;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.yakin.restoredrill.Drill;
import dev.yakin.restoredrill.Eyes;
import dev.yakin.restoredrill.Inspection;
import dev.yakin.restoredrill.Inspection.Checked;
import dev.yakin.restoredrill.Observed.Looked;
import dev.yakin.restoredrill.Probe;
import dev.yakin.restoredrill.sql.Access;
import dev.yakin.restoredrill.sql.PostgresInspector;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Looks with the users whose secrets Secrets Manager keeps: the live database with the reader, the restored one with its
 * own master.
 *
 * @param checks the team's own, read only when they are needed
 */
record SecretEyes(
        SecretsManagerClient secrets,
        String readerSecret,
        String trustBundle,
        Optional<String> freshness,
        Supplier<List<Probe.Check>> checks,
        Clock clock)
        implements Eyes {
    @Override
    public Inspection live() {
        var reader = secret(readerSecret);
        var access = new Access(
                reader.get("host").getAsString(),
                reader.get("port").getAsInt(),
                reader.get("dbname").getAsString(),
                reader.get("username").getAsString(),
                reader.get("password").getAsString(),
                trustBundle);
        try {
            return new PostgresInspector(access, clock).look(new Probe(freshness, List.of()));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot look into the live database as %s: %s".formatted(access, e.getMessage()), e);
        }
    }

    @Override
    public Looked restored(Drill drill) {
        try {
            var master = secret(drill.secret().orElseThrow());
            var place = drill.place().orElseThrow();
            var access = new Access(
                    place.host(),
                    place.port(),
                    place.database(),
                    master.get("username").getAsString(),
                    master.get("password").getAsString(),
                    trustBundle);
            return new Looked.Found(look(new PostgresInspector(access, clock)));
        } catch (SQLException | SdkException e) {
            return new Looked.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Checks that nobody can read are no fault of the backup: it is judged by all else, and they are a finding. */
    private Inspection look(PostgresInspector inspector) throws SQLException {
        try {
            return inspector.look(new Probe(freshness, checks.get()));
        } catch (IllegalArgumentException unreadable) {
            return inspector
                    .look(new Probe(freshness, List.of()))
                    .and(new Checked("drill-checks", "JSON", String.valueOf(unreadable.getMessage())));
        }
    }

    private JsonObject secret(String id) {
        return JsonParser.parseString(
                        secrets.getSecretValue(request -> request.secretId(id)).secretString())
                .getAsJsonObject();
    }
}
