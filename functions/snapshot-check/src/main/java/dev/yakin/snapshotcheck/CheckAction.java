package dev.yakin.snapshotcheck;

import dev.yakin.shared.Action;
import dev.yakin.shared.Notice;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the snapshot check can do. Each is idempotent: done twice is done once. */
public sealed interface CheckAction extends Action {
    /** Sends a figure to CloudWatch. */
    record Measure(String target, Duration value, String reason) implements CheckAction {
        @Override
        public Map<String, String> details() {
            return Map.of("seconds", String.valueOf(value.toSeconds()));
        }
    }

    /** Says in log and answer what is not as it has to be. Changes nothing. */
    record Find(String target, Judgement judgement, String reason) implements CheckAction {
        @Override
        public Map<String, String> details() {
            var severity = judgement.trouble().map(Enum::name).orElse("").toLowerCase(Locale.ROOT);
            return Map.of(
                    "check",
                    judgement.check().label(),
                    "figure",
                    judgement.figure(),
                    "limit",
                    judgement.limit(),
                    "severity",
                    severity);
        }
    }

    /** Leaves the database alone, and says why. */
    record Skip(String target, String reason) implements CheckAction {}

    /** Makes a manual snapshot of the database. */
    record CreateSnapshot(String target, String reason) implements CheckAction {}

    /** Deletes a manual snapshot that this function made. */
    record DeleteSnapshot(String target, String reason) implements CheckAction {}

    /** Copies a snapshot to the second region, under the name {@code target}. */
    record CopyAbroad(String source, String target, String reason) implements CheckAction {
        @Override
        public Map<String, String> details() {
            return Map.of("source", source);
        }
    }

    /** Deletes a copy in the second region that this function made. */
    record DeleteCopy(String target, String reason) implements CheckAction {}

    /** Tells people. */
    record Say(Notice notice, String reason) implements CheckAction {
        @Override
        public String target() {
            return "notices";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("notice", notice.id(), "title", notice.title());
        }
    }

    /** Writes down on the database what people were told; needs its notice to be published first. */
    record RememberSaid(String target, Said said, Say after, String reason) implements CheckAction {
        @Override
        public Optional<Action> needs() {
            return Optional.of(after);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("said", said.toString());
        }
    }

    /** What this look cannot do. Applying it fails the look, after all that can be done was done. */
    record GiveUp(String target, String reason) implements CheckAction {}
}
