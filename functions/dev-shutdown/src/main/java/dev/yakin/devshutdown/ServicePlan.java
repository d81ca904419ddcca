package dev.yakin.devshutdown;

import dev.yakin.devshutdown.DevAction.ForgetService;
import dev.yakin.devshutdown.DevAction.SaveService;
import dev.yakin.devshutdown.DevAction.SetBounds;
import dev.yakin.devshutdown.DevAction.SetDesired;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.Asleep.Bounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one service needs to sleep, or to be again as it was. */
final class ServicePlan {
    private ServicePlan() {}

    /** Writes down what it goes back to, takes autoscaling's hand off, and stops its tasks. */
    static List<DevAction> sleep(ServiceState service, Instant now, String reason) {
        if (service.isInBed()) {
            return List.of();
        }
        var plan = new ArrayList<DevAction>();
        var save = new SaveService(service, toSave(service, now), reason);
        plan.add(save);
        Optional<DevAction> before = Optional.of(save);
        if (service.bounds().isPresent()) {
            var bounds = new SetBounds(service, Bounds.ASLEEP, before, reason);
            plan.add(bounds);
            before = Optional.of(bounds);
        }
        if (service.desired() > 0) {
            plan.add(new SetDesired(service, 0, before, reason));
        }
        return plan;
    }

    /** Puts everything back as it was saved; the tag goes last, so that a crash anywhere before is made good. */
    static List<DevAction> wake(ServiceState service, String reason) {
        var saved = service.tags().asleep();
        if (saved.isEmpty()) {
            return List.of();
        }
        var plan = new ArrayList<DevAction>();
        Optional<DevAction> before = Optional.empty();
        // A target that somebody has deregistered since is not made again.
        if (service.bounds().isPresent()
                && saved.get().bounds().isPresent()
                && !service.bounds().equals(saved.get().bounds())) {
            var bounds = new SetBounds(service, saved.get().bounds().get(), before, reason);
            plan.add(bounds);
            before = Optional.of(bounds);
        }
        // Also where the count is right already: autoscaling may just lift it to the min, and zero may be what was
        // saved.
        if (service.desired() != saved.get().desired() || before.isPresent()) {
            var desired = new SetDesired(service, saved.get().desired(), before, reason);
            plan.add(desired);
            before = Optional.of(desired);
        }
        plan.add(new ForgetService(service, before, reason));
        return plan;
    }

    /**
     * Sleeping values are never saved. Bounds that are awake although the tag is there were set meanwhile, by a deploy
     * or a hand, and are what the service goes back to; a count that is above zero then is somebody's start by hand or
     * autoscaling's doing, and the saved one stays.
     */
    private static Asleep toSave(ServiceState service, Instant now) {
        var old = service.tags().asleep();
        var awake = service.bounds().filter(bounds -> !bounds.isAsleep());
        if (old.isEmpty()) {
            return new Asleep(service.desired(), awake, now);
        }
        if (awake.isEmpty()
                || old.get()
                        .bounds()
                        .filter(bounds -> isSame(bounds, awake.get()))
                        .isPresent()) {
            return new Asleep(old.get().desired(), old.get().bounds(), now);
        }
        var bounds = awake.get();
        var suspended = bounds.suspended().equals(Bounds.ASLEEP.suspended())
                ? old.get().bounds().map(Bounds::suspended).orElse(bounds.suspended())
                : bounds.suspended();
        var desired = Math.clamp(old.get().desired(), bounds.min(), bounds.max());
        return new Asleep(desired, Optional.of(new Bounds(bounds.min(), bounds.max(), suspended)), now);
    }

    private static boolean isSame(Bounds one, Bounds other) {
        return one.min() == other.min() && one.max() == other.max();
    }
}
