package dev.yakin.restoredrill;

import com.google.gson.JsonObject;
import dev.yakin.shared.Action;
import dev.yakin.shared.Notice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** What a drill can do. Each is idempotent: done twice is done once. */
public sealed interface DrillAction extends Action {
    /** Nothing to do now, and why: waits for RDS, or does not begin. */
    record Wait(String target, String reason) implements DrillAction {}

    /** Copies a copy of the second region home, to be restored when it is there. */
    record CopyHome(String target, LocalDate day, String copyArn, Instant at, String reason) implements DrillAction {
        @Override
        public Map<String, String> details() {
            return Map.of("from", copyArn);
        }
    }

    /** Restores a backup to an instance, or a cluster, of its own. */
    record Restore(String target, LocalDate day, Kind kind, String from, Instant at, String reason)
            implements DrillAction {
        @Override
        public Map<String, String> details() {
            return Map.of("kind", kind.word(), "from", from);
        }
    }

    /** Makes the instance of a restored cluster. */
    record AddMember(String target, LocalDate day, Kind kind, Instant at, String reason) implements DrillAction {}

    /** Looks into the live database and keeps what it holds. */
    record SaveManifest(String target, LocalDate day, String reason) implements DrillAction {}

    /** Gives what was restored a master password of its own, which RDS keeps in a secret. */
    record SetCredentials(String target, String reason) implements DrillAction {}

    /** Keeps the record of the drill; needs people to have been told. */
    record KeepEvidence(String target, JsonObject evidence, Say after, String reason) implements DrillAction {
        @Override
        public Optional<Action> needs() {
            return Optional.of(after);
        }
    }

    /** Sends a figure to CloudWatch. */
    record Measure(String target, Duration value, String reason) implements DrillAction {
        @Override
        public Map<String, String> details() {
            return Map.of("seconds", String.valueOf(value.toSeconds()));
        }
    }

    /** Deletes what was restored, without a last snapshot. */
    record Delete(String target, Optional<Action> after, String reason) implements DrillAction {
        @Override
        public Optional<Action> needs() {
            return after;
        }
    }

    /** Deletes what was copied home. */
    record DeleteCopy(String target, String reason) implements DrillAction {}

    /** Tells people. */
    record Say(Notice notice, String reason) implements DrillAction {
        @Override
        public String target() {
            return "notices";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("notice", notice.id(), "title", notice.title());
        }
    }
}
