package dev.yakin.secretrotation;

import dev.yakin.shared.Action;
import dev.yakin.shared.Notice;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the adoption can do. Each is idempotent: done twice is done once. */
public sealed interface AdoptionAction extends Action {
    /** Tells people. */
    record Say(Notice notice, String reason) implements AdoptionAction {
        @Override
        public String target() {
            return "notices";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("notice", notice.id(), "title", notice.title());
        }
    }

    /** Replaces every task of a service, so that each reads the secret anew. */
    record Redeploy(String target, String reason) implements AdoptionAction {}

    /** Writes down since when a version has to be adopted, and when a deployment was last forced for it. */
    record Remember(String target, Adopting adopting, Optional<Redeploy> after, String reason)
            implements AdoptionAction {
        @Override
        public Optional<Action> needs() {
            return after.map(redeploy -> redeploy);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("tag", adopting.toString());
        }
    }

    /** Begins a rotation again that was postponed because the database slept. */
    record RotateAgain(String target, Instant now, String reason) implements AdoptionAction {}

    /** Writes down that every task uses the version: the next rotation may begin. */
    record MarkAdopted(String target, String version, Optional<Say> after, String reason) implements AdoptionAction {
        @Override
        public Optional<Action> needs() {
            return after.map(say -> say);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("version", version);
        }
    }

    /**
     * The tag that an adoption keeps on its secret.
     *
     * @param since when the version was first seen as current: tasks made before may have read the one before
     * @param tried when a deployment was last forced for it
     */
    record Adopting(String version, Instant since, Optional<Instant> tried) {
        public static final String TAG = "yakin:adopting";

        static Optional<Adopting> parse(String tag) {
            var parts = tag.split(" ", -1);
            try {
                return Optional.of(new Adopting(
                        parts[0],
                        Instant.parse(parts[1]),
                        parts.length > 2 ? Optional.of(Instant.parse(parts[2])) : Optional.empty()));
            } catch (ArrayIndexOutOfBoundsException | java.time.DateTimeException _) {
                // Somebody's hand: then it begins anew, which costs one deployment.
                return Optional.empty();
            }
        }

        Adopting triedAt(Instant when) {
            return new Adopting(version, since, Optional.of(when));
        }

        @Override
        public String toString() {
            return version + " " + since + tried.map(when -> " " + when).orElse("");
        }
    }
}
