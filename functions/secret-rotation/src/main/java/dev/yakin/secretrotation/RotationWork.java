package dev.yakin.secretrotation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.yakin.shared.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One call of the rotation function: does it, writes it down, and on a failure lets the doctor look. */
public final class RotationWork {
    private final String secret;
    private final Rotation rotation;
    private final Doctor doctor;
    private final Vault vault;
    private final Due due;
    private final Sleep sleep;
    private final Journal journal;

    /**
     * @param secret the ARN of the one secret that this function rotates
     * @param due says when it is time, where no Secrets Manager does
     */
    public RotationWork(
            String secret, Rotation rotation, Doctor doctor, Vault vault, Due due, Sleep sleep, Journal journal) {
        this.secret = secret;
        this.rotation = rotation;
        this.doctor = doctor;
        this.vault = vault;
        this.due = due;
        this.sleep = sleep;
        this.journal = journal;
    }

    /** @throws RotationException when a step cannot be done; Secrets Manager, or the next look, tries again */
    public JsonObject on(RotationEvent event) {
        return switch (event) {
            case RotationEvent.Step step -> step(step);
            case RotationEvent.Look look -> look(look.now());
            case RotationEvent.CallTheDoctor call -> answer(doctor.examine(call.dryRun()));
        };
    }

    /** A whole rotation where Secrets Manager does not ask for its steps. */
    private JsonObject look(boolean now) {
        var done = new ArrayList<String>();
        due.begin(now).ifPresent(version -> {
            for (var step : RotationStep.values()) {
                done.addAll(work(new RotationEvent.Step(step, secret, version)));
            }
        });
        var answer = new JsonObject();
        answer.add("done", array(done));
        return answer;
    }

    private JsonObject step(RotationEvent.Step event) {
        var answer = new JsonObject();
        answer.addProperty("step", event.step().toString());
        answer.add("done", array(work(event)));
        return answer;
    }

    private List<String> work(RotationEvent.Step event) {
        if (!event.secret().equals(secret)) {
            throw new RotationException(
                    Trouble.STALE, "asked to rotate " + event.secret() + "; this function rotates only " + secret);
        }
        try {
            if (sleep.isPostponed(event.version())) {
                return noted(event, sleep.drop(event.version()));
            }
            var done = noted(event, rotation.step(event.step(), event.version()));
            if (event.step() == RotationStep.FINISH
                    && vault.describe().trouble().isPresent()) {
                vault.forgetTrouble();
            }
            return done;
        } catch (RotationException e) {
            if (sleep.mayPostpone(e)) {
                return noted(event, sleep.postpone(event, e));
            }
            failed(event, e);
            throw e;
        }
    }

    private List<String> noted(RotationEvent.Step event, List<String> done) {
        journal.line(
                "INFO", event.step().toString(), Map.of("version", event.version(), "done", String.join("; ", done)));
        return done;
    }

    /** A late step of a rotation that is over fails, but nothing is wrong then. */
    private void failed(RotationEvent.Step event, RotationException error) {
        journal.line("ERROR", event.step() + " failed", Map.of("version", event.version(), "cause", message(error)));
        if (error.trouble() == Trouble.STALE) {
            return;
        }
        var step = event.step().toString();
        try {
            vault.noteTrouble(
                    RotationTrouble.of(RotationTrouble.Kind.FAILED, step, error).text());
            if (error.trouble() != Trouble.NOT_ADOPTED && !isCured()) {
                vault.noteTrouble(RotationTrouble.of(RotationTrouble.Kind.CURRENT_REFUSED, step, error)
                        .text());
            }
        } catch (RuntimeException e) {
            // Whatever it is, the step's own failure is the one to report.
            journal.line("ERROR", "nothing more can be done", Map.of("cause", message(e)));
            error.addSuppressed(e);
        }
    }

    /** Lets the doctor look and repair. @return false only when AWSCURRENT is known to be refused afterwards */
    private boolean isCured() {
        try {
            var report = doctor.examine(false);
            answer(report);
            return report.isCurrentWell();
        } catch (RotationException e) {
            journal.line("ERROR", "the doctor can't help", Map.of("cause", message(e)));
            return !doctor.isCurrentRefused();
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
