package dev.yakin.devshutdown;

/**
 * How much of dev sleeps now.
 *
 * @param sleeping services and databases that sleep
 * @param all services and databases that this stack looks after
 * @param left what should sleep and does not yet, or should be awake and is not yet
 * @param yenPerHour what sleeping saves now
 */
public record Rest(int sleeping, int all, int left, double yenPerHour) {
    static Rest of(Wakefulness wakefulness) {
        var sleeping = 0;
        var left = 0;
        var yen = 0.0;
        for (var service : wakefulness.services()) {
            var sleeps = service.isDrained();
            sleeping += sleeps ? 1 : 0;
            var isLeft = wakefulness.isAwake(service) ? service.tags().isAsleep() : !sleeps;
            left += isLeft ? 1 : 0;
            yen += sleeps
                    ? service.tags().asleep().map(saved -> saved.desired()).orElse(0)
                            * service.yenPerTaskHour().orElse(0)
                    : 0;
        }
        for (var database : wakefulness.databases()) {
            var sleeps = database.isStopped() && database.tags().isAsleep();
            sleeping += sleeps ? 1 : 0;
            var isLeft = wakefulness.isAwake(database) ? database.tags().isAsleep() : !database.isGoingToBed();
            left += isLeft ? 1 : 0;
            yen += sleeps ? database.yenPerHour().orElse(0) : 0;
        }
        return new Rest(
                sleeping,
                wakefulness.services().size() + wakefulness.databases().size(),
                left,
                yen);
    }

    /** From 0, all awake, to 1, all asleep. */
    public double share() {
        return all == 0 ? 0 : (double) sleeping / all;
    }
}
