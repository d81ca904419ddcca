package dev.yakin.slackalert;

import dev.yakin.slackalert.Alert.Fact;
import dev.yakin.slackalert.Alert.Heading;
import dev.yakin.slackalert.Alert.Incident;
import dev.yakin.slackalert.Alert.Link;
import dev.yakin.slackalert.Alert.Severity;
import dev.yakin.slackalert.Alert.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ECS task that stopped, and whether that was as it should be. Sources: Amazon ECS Developer Guide, "Amazon ECS task
 * state change events" and "Resolve Amazon ECS stopped task errors".
 */
final class TaskKind implements Kind {
    // 128 + SIGKILL: the kernel's or the agent's hand, most often memory.
    private static final int KILLED = 137;

    private final Optional<String> serviceLogGroup;

    TaskKind(Optional<String> serviceLogGroup) {
        this.serviceLogGroup = serviceLogGroup;
    }

    @Override
    public Optional<Alert> read(Incoming incoming) {
        return incoming.json()
                .filter(json -> json.text("detail-type").equals("ECS Task State Change"))
                .filter(json -> json.child("detail").text("lastStatus").equals("STOPPED"))
                .map(json -> alert(json.child("detail"), incoming));
    }

    private Alert alert(Fields task, Incoming incoming) {
        var cluster = EcsName.lastPart(task.text("clusterArn"));
        var service = task.text("group").replaceFirst("^service:", "");
        var at = task.time("stoppedAt").orElse(incoming.sent());
        var what = what(task);
        var links = new ArrayList<Link>();
        var console = new Console(incoming.origin().region());
        links.addAll(console.task(cluster, EcsName.lastPart(task.text("taskArn"))));
        links.addAll(console.service(cluster, service));
        serviceLogGroup.ifPresent(group -> links.addAll(console.logs(group, at)));
        return new Alert(
                new Heading(
                        what.equals("asked") ? Severity.INFO : Severity.WARNING,
                        State.OPEN,
                        Text.say("task." + what, Text.named(service))),
                task.text("stoppedReason").isBlank() ? List.of() : List.of(Text.outside(task.text("stoppedReason"))),
                facts(task, at),
                links,
                Incident.moment(
                        "task/" + cluster + "/" + service + "/" + what, "service/" + service, incoming.id(), at),
                incoming.origin());
    }

    /** The phrase that fits: what ended the task. */
    private static String what(Fields task) {
        var reasons = task.text("stoppedReason") + " "
                + String.join(
                        " ",
                        task.children("containers").stream()
                                .map(c -> c.text("reason"))
                                .toList());
        var exits = task.children("containers").stream()
                .map(container -> container.number("exitCode").orElse(0))
                .toList();
        if (reasons.contains("OutOfMemory")) {
            return "outOfMemory";
        }
        if (reasons.contains("CannotPullContainer")) {
            return "cannotPull";
        }
        if (reasons.contains("health check")) {
            return "unhealthy";
        }
        return switch (task.text("stopCode")) {
            case "TaskFailedToStart" -> "cannotStart";
            case "SpotInterruption", "TerminationNotice" -> "spot";
            case "ServiceSchedulerInitiated", "UserInitiated" -> "asked";
            default -> exits.contains((double) KILLED) ? "killed" : "exited";
        };
    }

    private static List<Fact> facts(Fields task, Instant at) {
        var facts = new ArrayList<Fact>();
        for (var container : task.children("containers")) {
            var code = container.number("exitCode");
            var reason = Text.outside(container.text("reason"));
            var told = code.isPresent()
                    ? Text.say("task.exit", Text.outside(Metric.plain(code.getAsDouble())), reason)
                    : reason;
            facts.add(new Fact(Text.say("fact.container", Text.outside(container.text("name"))), told));
        }
        facts.add(new Fact(Text.say("fact.at"), new Text.Moment(at)));
        return facts;
    }
}
