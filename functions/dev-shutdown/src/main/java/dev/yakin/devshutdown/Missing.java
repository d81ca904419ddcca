package dev.yakin.devshutdown;

import java.util.ArrayList;
import java.util.List;

/** What still keeps dev from being up. */
record Missing(Wakefulness wakefulness) {
    /** A sentence for each database and each service that is not there yet; databases first, they are the cause. */
    List<String> lines(Voice voice) {
        var lines = new ArrayList<String>();
        for (var database : wakefulness.databases()) {
            if (database.tags().isAsleep()) {
                lines.add(voice.say("missing.database", database.name(), database.status()));
            }
        }
        var nights = new Nights(wakefulness);
        for (var service : wakefulness.services()) {
            if (service.tags().isAsleep() && service.tags().asleep().isEmpty()) {
                lines.add(voice.say("missing.unreadable", service.name()));
            } else if (service.tags().isAsleep()) {
                var awaited = nights.awaited(service).stream()
                        .map(DatabaseState::name)
                        .toList();
                lines.add(
                        awaited.isEmpty()
                                ? voice.say("missing.restored", service.name())
                                : voice.say("missing.waits", service.name(), voice.names(awaited)));
            } else if (healthy(wakefulness, service) < service.desired()) {
                lines.add(voice.say(
                        "missing.tasks",
                        service.name(),
                        String.valueOf(healthy(wakefulness, service)),
                        String.valueOf(service.desired())));
            }
        }
        return lines;
    }

    /** As the load balancer says, and never more than run. */
    static int healthy(Wakefulness wakefulness, ServiceState service) {
        var running = Math.min(service.running(), service.desired());
        return Math.min(running, wakefulness.observed().healthy().getOrDefault(service.arn(), running));
    }
}
