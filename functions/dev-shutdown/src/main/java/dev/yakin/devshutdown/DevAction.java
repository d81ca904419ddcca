package dev.yakin.devshutdown;

import dev.yakin.shared.Action;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.Asleep.Bounds;
import dev.yakin.shared.Notice;
import java.util.Map;
import java.util.Optional;

/** What dev shutdown can do. Each is idempotent: done twice is done once. */
public sealed interface DevAction extends Action {
    /** Tells people. It stands before the change that it announces. */
    record Say(Notice notice, String reason) implements DevAction {
        @Override
        public String target() {
            return "notices";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("notice", notice.id(), "title", notice.title());
        }
    }

    /** Writes down what people were told, so that they are told once. */
    record Remember(String topic, String value, Optional<Say> after, String reason) implements DevAction {
        @Override
        public String target() {
            return topic;
        }

        @Override
        public Optional<Action> needs() {
            return after.map(say -> say);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("value", value);
        }
    }

    /** Writes what a service goes back to onto it, before anything is changed. */
    record SaveService(ServiceState service, Asleep asleep, String reason) implements DevAction {
        @Override
        public String target() {
            return service.name();
        }

        @Override
        public Map<String, String> details() {
            return Map.of("saved", asleep.toString());
        }
    }

    /** Sets the bounds of a service's scalable target. */
    record SetBounds(ServiceState service, Bounds to, Optional<DevAction> after, String reason) implements DevAction {
        @Override
        public String target() {
            return service.name();
        }

        @Override
        public Optional<Action> needs() {
            return after.map(action -> action);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("from", service.bounds().map(Bounds::toString).orElse("none"), "to", to.toString());
        }
    }

    /** Sets the desired count of a service. */
    record SetDesired(ServiceState service, int to, Optional<DevAction> after, String reason) implements DevAction {
        @Override
        public String target() {
            return service.name();
        }

        @Override
        public Optional<Action> needs() {
            return after.map(action -> action);
        }

        @Override
        public Map<String, String> details() {
            return Map.of("from", String.valueOf(service.desired()), "to", String.valueOf(to));
        }
    }

    /** Takes the tag from a service: it is what it was. */
    record ForgetService(ServiceState service, Optional<DevAction> after, String reason) implements DevAction {
        @Override
        public String target() {
            return service.name();
        }

        @Override
        public Optional<Action> needs() {
            return after.map(action -> action);
        }
    }

    /** Writes onto a database that it was running, before it is stopped. */
    record SaveDatabase(DatabaseState database, String value, String reason) implements DevAction {
        @Override
        public String target() {
            return database.name();
        }

        @Override
        public Map<String, String> details() {
            return Map.of("saved", value);
        }
    }

    record StopDatabase(DatabaseState database, SaveDatabase after, String reason) implements DevAction {
        @Override
        public String target() {
            return database.name();
        }

        @Override
        public Optional<Action> needs() {
            return Optional.of(after);
        }
    }

    record StartDatabase(DatabaseState database, String reason) implements DevAction {
        @Override
        public String target() {
            return database.name();
        }
    }

    /** Takes the tag from a database: it answers again. */
    record ForgetDatabase(DatabaseState database, String reason) implements DevAction {
        @Override
        public String target() {
            return database.name();
        }
    }
}
