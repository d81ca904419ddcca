package dev.yakin.secretrotation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.yakin.shared.Journal;
import java.util.List;
import java.util.Map;

/** One call of the rotation function: does it, writes it down, and on a failure lets the doctor look. */
public final class RotationWork {
    private final String secret;
    private final Rotation rotation;
    private final Doctor doctor;
    private final Vault vault;
    private final Journal journal;

    /** @param secret the ARN of the one secret that this function rotates */
    public RotationWork(String secret, Rotation rotation, Doctor doctor, Vault vault, Journal journal) {
        this.secret = secret;
        this.rotation = rotation;
        this.doctor = doctor;
        this.vault = vault;
        this.journal = journal;
    }

    /** @throws RotationException when a step cannot be done; Secrets Manager tries the rotation again */
    public JsonObject on(RotationEvent event) {
        return switch (event) {
            case RotationEvent.Step step -> step(step);
            case RotationEvent.CallTheDoctor call -> answer(doctor.examine(call.dryRun()));
        };
    }

    private JsonObject step(RotationEvent.Step event) {
        if (!event.secret().equals(secret)) {
            throw new RotationException(
                    Trouble.STALE, "asked to rotate " + event.secret() + "; this function rotates only " + secret);
        }
        try {
            var done = rotation.step(event.step(), event.version());
            journal.line(
                    "INFO",
                    event.step().toString(),
                    Map.of("version", event.version(), "done", String.join("; ", done)));
            if (event.step() == RotationStep.FINISH && vault.describe().tags().containsKey(SecretState.TROUBLE_TAG)) {
                vault.forgetTrouble();
            }
            var answer = new JsonObject();
            answer.addProperty("step", event.step().toString());
            answer.add("done", array(done));
            return answer;
        } catch (RotationException e) {
            failed(event, e);
            throw e;
        }
    }

    /** A late step of a rotation that is over fails, but nothing is wrong then. */
    private void failed(RotationEvent.Step event, RotationException error) {
        journal.line("ERROR", event.step() + " failed", Map.of("version", event.version(), "cause", message(error)));
        if (error.trouble() == Trouble.STALE) {
            return;
        }
        var trouble = RotationTrouble.tag(event.step().toString(), error);
        try {
            vault.noteTrouble(trouble);
            if (error.trouble() != Trouble.NOT_ADOPTED) {
                answer(doctor.examine(false));
            }
        } catch (RuntimeException e) {
            // Whatever it is, the step's own failure is the one to report.
            journal.line("ERROR", "the doctor can't help", Map.of("cause", message(e)));
            error.addSuppressed(e);
        }
    }

    private JsonObject answer(Doctor.Report report) {
        journal.line(
                report.isCurrentWell() ? "INFO" : "ERROR",
                "doctor",
                Map.of(
                        "findings", String.join("; ", report.findings()),
                        "repairs", String.join("; ", report.repairs())));
        var answer = new JsonObject();
        answer.add("findings", array(report.findings()));
        answer.add("repairs", array(report.repairs()));
        answer.addProperty("currentLogsIn", report.isCurrentWell());
        return answer;
    }

    private static String message(RuntimeException error) {
        return String.valueOf(error.getMessage());
    }

    private static JsonArray array(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
