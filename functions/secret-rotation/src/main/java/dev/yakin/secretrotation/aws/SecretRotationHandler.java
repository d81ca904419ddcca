package dev.yakin.secretrotation.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.yakin.secretrotation.Database;
import dev.yakin.secretrotation.Doctor;
import dev.yakin.secretrotation.PrivilegeCheck;
import dev.yakin.secretrotation.ReaderRotation;
import dev.yakin.secretrotation.Roles;
import dev.yakin.secretrotation.Rotation;
import dev.yakin.secretrotation.RotationEvent;
import dev.yakin.secretrotation.RotationWork;
import dev.yakin.secretrotation.Vault;
import dev.yakin.secretrotation.postgres.JdbcDatabase;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Settings;
import dev.yakin.shared.TrustBundle;
import dev.yakin.shared.aws.Clients;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What Secrets Manager calls, once for each step; it runs inside the VPC and talks to the database and to Secrets Manager
 * only. It also rotates the reader of the restore drills, if there is one. {@code {"doctor": true}} examines and repairs; with {@code "dryRun": true} it only examines.
 */
public final class SecretRotationHandler implements RequestStreamHandler {
    private final RotationWork work;
    private final String readerSecret;
    private final ReaderRotation reader;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public SecretRotationHandler() {
        this(Settings.fromEnvironment(), Clock.systemUTC());
    }

    private SecretRotationHandler(Settings settings, Clock clock) {
        this(settings, new Journal(settings.text("STACK_NAME"), "secret-rotation", clock, System.out));
    }

    private SecretRotationHandler(Settings settings, Journal journal) {
        this(
                settings,
                new SecretsManagerVault(
                        Clients.create(SecretsManagerClient.builder()),
                        settings.text("SECRET_ARN"),
                        settings.text("MASTER_SECRET_ARN")),
                new SecretsManagerVault(
                        Clients.create(SecretsManagerClient.builder()),
                        settings.text("READER_SECRET_ARN", ""),
                        settings.text("MASTER_SECRET_ARN")),
                new JdbcDatabase(TrustBundle.file(SecretRotationHandler.class)),
                journal);
    }

    /** With everything from outside given. */
    SecretRotationHandler(Settings settings, Vault vault, Vault readerVault, Database database, Journal journal) {
        var roles = new Roles(settings.list("SCHEMAS"));
        var wanted = new Rotation.Wanted(
                settings.oneOf("STRATEGY", "alternating", "single").equals("alternating"),
                new PrivilegeCheck(settings.text("TEST_READ", ""), settings.text("TEST_WRITE", "")));
        work = new RotationWork(
                settings.text("SECRET_ARN"),
                new Rotation(vault, database, roles, wanted),
                new Doctor(vault, database, roles),
                vault,
                journal);
        readerSecret = settings.text("READER_SECRET_ARN", "");
        reader = new ReaderRotation(readerVault, database, journal);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var answer = answer(RotationEvent.of(new String(input.readAllBytes(), UTF_8)));
        output.write(answer.toString().getBytes(UTF_8));
    }

    /** Without restore drills there is no reader, and the empty name is no secret's. */
    private JsonElement answer(RotationEvent event) {
        return event instanceof RotationEvent.Step step && step.secret().equals(readerSecret)
                ? new Gson().toJsonTree(reader.step(step.step(), step.version()))
                : work.on(event);
    }
}
