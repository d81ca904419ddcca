package dev.yakin.salescaling;

import dev.yakin.salescaling.SaleAction.Forget;
import dev.yakin.salescaling.SaleAction.Remember;
import dev.yakin.salescaling.SaleAction.Say;
import dev.yakin.shared.calendar.Capacity;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sale that is open: whether its tasks are at their most, and whether too many requests fail. Each is told once, with
 * the lever that helps, and once more when it is over.
 */
record OpenSale(SaleNotices notices, Demand demand, Moment moment, List<String> services, int errorsPercent) {
    /** Minutes in a row; a shorter peak is what autoscaling is for. */
    private static final int AT_MAX = 10;

    /** Minutes that errors are counted over. */
    private static final int ERRORS_OVER = 5;

    List<SaleAction> plan(Traffic traffic, Told told) {
        var plan = Stream.<SaleAction>empty();
        for (var service : services) {
            plan = Stream.concat(plan, atMax(service, traffic.newest(AT_MAX), told).stream());
        }
        return Stream.concat(plan, errors(traffic, told).stream()).toList();
    }

    private List<SaleAction> atMax(String service, Traffic traffic, Told told) {
        if (traffic.points().size() < AT_MAX) {
            return List.of(); // the first minutes, or CloudWatch has gaps: nobody can say
        }
        var bounds = bounds(service);
        var key = "at-max/%s/%s".formatted(service, moment.key());
        var minutes = traffic.points().stream()
                .filter(point -> point.running(service) >= bounds.max())
                .count();
        if (minutes == AT_MAX && !told.has(key)) {
            return remember(key, notices.atMax(moment.sale(), service, bounds));
        }
        return minutes == 0 && told.has(key)
                ? forget(key, notices.belowMax(moment.sale(), service, bounds))
                : List.of();
    }

    private List<SaleAction> errors(Traffic traffic, Told told) {
        var key = "errors/" + moment.key();
        if (traffic.newest(ERRORS_OVER).errorPercent() > errorsPercent && !told.has(key)) {
            var bounds = services.stream()
                    .map(service -> service + " " + bounds(service))
                    .toList();
            return remember(key, notices.errors(moment.sale(), traffic.newest(ERRORS_OVER), errorsPercent, bounds));
        }
        return told.has(key) && traffic.points().size() >= AT_MAX && traffic.errorPercent() <= errorsPercent
                ? forget(key, notices.fewErrors(moment.sale(), traffic))
                : List.of();
    }

    private Capacity bounds(String service) {
        return demand.wanted(service, notices.voice().now());
    }

    static List<SaleAction> remember(String key, Say say) {
        return List.of(say, new Remember(key, say, say.reason()));
    }

    static List<SaleAction> forget(String key, Say say) {
        return List.of(say, new Forget(key, say, say.reason()));
    }
}
