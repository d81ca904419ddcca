package dev.yakin.secretrotation.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.yakin.secretrotation.Database;
import dev.yakin.secretrotation.DatabaseUser;
import dev.yakin.secretrotation.Doctor;
import dev.yakin.secretrotation.PrivilegeCheck;
import dev.yakin.secretrotation.ReaderRotation;
import dev.yakin.secretrotation.Roles;
import dev.yakin.secretrotation.Rotation;
import dev.yakin.secretrotation.RotationEvent;
import dev.yakin.secretrotation.RotationWork;
import dev.yakin.secretrotation.Sleep;
import dev.yakin.secretrotation.postgres.JdbcDatabase;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Settings;
import dev.yakin.shared.StackRequest;
import dev.yakin.shared.TrustBundle;
import dev.yakin.shared.aws.StackMailbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.function.BiConsumer;

/**
 * What Secrets Manager calls, once for each step; it runs inside the VPC and talks to the database and to the store only.
 * With Parameter Store a schedule sends {@code {"look": true}}; {@code {"rotate": true}} does not wait for the date.
 * CloudFormation asks it for the database user of a new stack. It also rotates the reader of the restore drills, if there
 * is one. {@code {"doctor": true}} examines and repairs; with {@code "dryRun": true} it only examines.
 */
public final class SecretRotationHandler implements RequestStreamHandler {
    private final RotationWork work;
    private final DatabaseUser user;
    private final BiConsumer<URI, String> mailbox;
    private final String readerSecret;
    private final ReaderRotation reader;

    /** For Lambda: settings from the environment, AWS through the SDK. */
    public SecretRotationHandler() {
        this(Settings.fromEnvironment(), Clock.systemUTC());
    }

    private SecretRotationHandler(Settings settings, Clock clock) {
        this(settings, clock, new Journal(settings.text("STACK_NAME"), "secret-rotation", clock, System.out));
    }

    private SecretRotationHandler(Settings settings, Clock clock, Journal journal) {
        this(
                settings,
                Store.of(settings, clock),
                new JdbcDatabase(TrustBundle.file(SecretRotationHandler.class)),
                StackMailbox::put,
                clock,
                journal);
    }

    /** With everything from outside given. */
    SecretRotationHandler(
            Settings settings,
            Store store,
            Database database,
            BiConsumer<URI, String> mailbox,
            Clock clock,
            Journal journal) {
        var vault = store.vault();
        var roles = new Roles(settings.list("SCHEMAS"));
        var doctor = new Doctor(vault, database, roles);
        var wanted = new Rotation.Wanted(
                settings.oneOf("STRATEGY", "alternating", "single").equals("alternating"),
                new PrivilegeCheck(settings.text("TEST_READ", ""), settings.text("TEST_WRITE", "")));
        work = new RotationWork(
                settings.text("SECRET_ARN"),
                new Rotation(vault, database, roles, wanted),
                doctor,
                vault,
                store.due(),
                new Sleep(
                        vault,
                        settings.oneOf("DATABASE_MAY_SLEEP", "true", "false").equals("true"),
                        clock),
                journal);
        user = new DatabaseUser(store.seed(), doctor, vault, journal);
        this.mailbox = mailbox;
        readerSecret = settings.text("READER_SECRET_ARN", "");
        reader = new ReaderRotation(store.readerVault(), database, journal);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        output.write(answer(new String(input.readAllBytes(), UTF_8)).getBytes(UTF_8));
    }

    String answer(String event) {
        if (!StackRequest.isOne(event)) {
            return answer(RotationEvent.of(event)).toString();
        }
        var request = StackRequest.parse(event);
        var json = user.answer(request).toJson(request, "database-user/" + request.logicalId());
        mailbox.accept(request.answerTo(), json);
        return json;
    }

    /** Without restore drills there is no reader, and the empty name is no secret's. */
    private JsonElement answer(RotationEvent event) {
        return event instanceof RotationEvent.Step step && step.secret().equals(readerSecret)
                ? new Gson().toJsonTree(reader.step(step.step(), step.version()))
                : work.on(event);
    }
}
