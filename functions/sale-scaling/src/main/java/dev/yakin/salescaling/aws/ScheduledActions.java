package dev.yakin.salescaling.aws;

import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.toMap;
import static software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension.ECS_SERVICE_DESIRED_COUNT;
import static software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace.ECS;

import dev.yakin.salescaling.Raises;
import dev.yakin.salescaling.ScheduledRaise;
import dev.yakin.salescaling.Timetable;
import dev.yakin.shared.calendar.Capacity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTargetAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;

/**
 * One-time scheduled actions of Application Auto Scaling. Source: Application Auto Scaling User Guide, "Schedule
 * expressions" ({@code at(2026-12-26T10:10:00)}, in UTC unless a time zone is given).
 */
record ScheduledActions(AutoScalingFleet fleet) implements Raises {
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("'at('uuuu-MM-dd'T'HH:mm:ss')'");

    @Override
    public Left look() {
        try {
            var services = fleet.services().ours().stream().collect(toMap(fleet::resourceId, name -> name));
            var actions = fleet
                    .autoScaling()
                    .describeScheduledActionsPaginator(request -> request.serviceNamespace(ECS))
                    .scheduledActions()
                    .stream()
                    .filter(action -> services.containsKey(action.resourceId()))
                    .toList();
            return new Left(
                    actions.stream()
                            .filter(ScheduledActions::isOurs)
                            .map(action -> raise(action, services))
                            .toList(),
                    new Timetable(actions.stream()
                            .filter(action -> !isOurs(action))
                            .map(action -> entry(action, services))
                            .toList()),
                    Optional.empty());
        } catch (SdkException e) {
            return new Left(List.of(), Timetable.NONE, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void put(ScheduledRaise raise) {
        fleet.autoScaling()
                .putScheduledAction(request -> request.serviceNamespace(ECS)
                        .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                        .resourceId(fleet.resourceId(raise.service()))
                        .scheduledActionName(raise.name())
                        .schedule(AT.format(raise.at().atZone(UTC)))
                        .timezone("UTC")
                        .scalableTargetAction(
                                action -> action.minCapacity(raise.capacity().min())
                                        .maxCapacity(raise.capacity().max())));
    }

    @Override
    public void delete(ScheduledRaise raise) {
        try {
            fleet.autoScaling()
                    .deleteScheduledAction(request -> request.serviceNamespace(ECS)
                            .scalableDimension(ECS_SERVICE_DESIRED_COUNT)
                            .resourceId(fleet.resourceId(raise.service()))
                            .scheduledActionName(raise.name()));
        } catch (ObjectNotFoundException e) {
            // gone already, which is what was wanted
        }
    }

    private static boolean isOurs(ScheduledAction action) {
        return action.scheduledActionName().startsWith(PREFIX);
    }

    private static ScheduledRaise raise(ScheduledAction action, Map<String, String> services) {
        var service = Objects.requireNonNull(services.get(action.resourceId()));
        return new ScheduledRaise(action.scheduledActionName(), service, at(action), capacity(action));
    }

    /** Without a time zone it is UTC. Source: Application Auto Scaling API Reference, ScheduledAction. */
    private static Timetable.Entry entry(ScheduledAction action, Map<String, String> services) {
        var bounds = Optional.ofNullable(action.scalableTargetAction());
        return new Timetable.Entry(
                Objects.requireNonNull(services.get(action.resourceId())),
                action.scheduledActionName(),
                action.schedule(),
                action.timezone() == null ? UTC : ZoneId.of(action.timezone()),
                bounds.map(ScalableTargetAction::minCapacity),
                bounds.map(ScalableTargetAction::maxCapacity),
                Optional.ofNullable(action.endTime()));
    }

    /** What a hand has changed into something else is not what is wanted, and is put again. */
    private static Instant at(ScheduledAction action) {
        try {
            var isUtc = action.timezone() == null || action.timezone().equals("UTC");
            return isUtc ? LocalDateTime.parse(action.schedule(), AT).toInstant(UTC) : Instant.EPOCH;
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static Capacity capacity(ScheduledAction action) {
        var bounds = Objects.requireNonNullElse(
                action.scalableTargetAction(), ScalableTargetAction.builder().build());
        var min = Objects.requireNonNullElse(bounds.minCapacity(), 0);
        return new Capacity(min, Math.max(min, Objects.requireNonNullElse(bounds.maxCapacity(), min)));
    }
}
