package dev.yakin.salescaling;

import dev.yakin.shared.Action;
import dev.yakin.shared.Notice;
import dev.yakin.shared.calendar.Capacity;
import java.util.Map;
import java.util.Optional;

/** What sale scaling can do. Each is idempotent: done twice is done once. */
public sealed interface SaleAction extends Action {
    /** Tells people. It stands before the change that it announces, see {@link SaleScaling}. */
    record Say(Notice notice, String reason) implements SaleAction {
        @Override
        public String target() {
            return "notices";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("notice", notice.id(), "title", notice.title());
        }
    }

    /**
     * Sets the bounds of a service's scalable target, and registers the target where there is none ({@code from} empty).
     *
     * @param suspended whether its scheduled actions are suspended from then on: no night in the middle of a sale
     */
    record SetCapacity(String target, Optional<Capacity> from, Capacity to, boolean suspended, String reason)
            implements SaleAction {
        @Override
        public Map<String, String> details() {
            var before = from.map(Capacity::toString).orElse("none");
            return suspended
                    ? Map.of("from", before, "to", to.toString(), "schedules", "suspended")
                    : Map.of("from", before, "to", to.toString());
        }
    }

    /** Raises a service's desired count to the min that Application Auto Scaling does not enforce by itself. */
    record RaiseDesiredCount(String target, int from, int to, String reason) implements SaleAction {
        @Override
        public Map<String, String> details() {
            return Map.of("from", String.valueOf(from), "to", String.valueOf(to));
        }
    }

    /** Moves a label to a version of the sale calendar; needs its notice to be published first. */
    record LabelVersion(String target, long version, String label, Say after, String reason) implements SaleAction {
        @Override
        public Optional<Action> needs() {
            return Optional.of(after);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("version", String.valueOf(version), "label", label);
        }
    }

    /** Takes a label from a version of the sale calendar. */
    record RemoveLabel(String target, long version, String label, String reason) implements SaleAction {
        @Override
        public Map<String, String> details() {
            return Map.of("version", String.valueOf(version), "label", label);
        }
    }

    /** Leaves a coming raise with Application Auto Scaling. */
    record PutScheduledRaise(ScheduledRaise raise, String reason) implements SaleAction {
        @Override
        public String target() {
            return raise.service();
        }

        @Override
        public Map<String, String> details() {
            return Map.of(
                    "name",
                    raise.name(),
                    "at",
                    raise.at().toString(),
                    "bounds",
                    raise.capacity().toString());
        }
    }

    /** Takes a raise back that the calendar no longer has, or that is past. */
    record DeleteScheduledRaise(ScheduledRaise raise, String reason) implements SaleAction {
        @Override
        public String target() {
            return raise.service();
        }

        @Override
        public Map<String, String> details() {
            return Map.of("name", raise.name(), "at", raise.at().toString());
        }
    }

    /** Writes down what people were told about a service's readiness; needs its notice to be published first. */
    record RememberSaid(String target, Said said, Say after, String reason) implements SaleAction {
        @Override
        public Optional<Action> needs() {
            return Optional.of(after);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("said", said.toString());
        }
    }

    /** Writes down what people were told about a sale; needs its notice, or what is written down before it, first. */
    record Remember(String key, SaleAction after, String reason) implements SaleAction {
        @Override
        public String target() {
            return "what was told";
        }

        @Override
        public Optional<Action> needs() {
            return Optional.of(after);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("key", key);
        }
    }

    /** Something that people were told is over, and they know; it may be told again. */
    record Forget(String key, Say after, String reason) implements SaleAction {
        @Override
        public String target() {
            return "what was told";
        }

        @Override
        public Optional<Action> needs() {
            return Optional.of(after);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("key", key);
        }
    }

    /** What this look cannot do. Applying it fails the look, after all that can be done was done, and names the target. */
    record GiveUp(String target, String reason) implements SaleAction {}
}
