package dev.yakin.devshutdown;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The world at one look.
 *
 * @param keepAwake what people wrote into the keep-awake parameter, and when
 * @param told by topic, what people were told last
 * @param healthy by service ARN, the healthy tasks; only of services that are waking up
 * @param saved what was slept through; only when the week's notice is due
 */
public record Observed(
        List<ServiceState> services,
        List<DatabaseState> databases,
        KeepAwake keepAwake,
        Map<String, String> told,
        Map<String, Integer> healthy,
        Optional<Saved> saved) {
    /**
     * The parameter that keeps everything awake.
     *
     * @param by who wrote it, as AWS names people; empty when nobody asked for anything, or when AWS does not say
     */
    public record KeepAwake(String value, Instant modified, Optional<String> by) {
        /** What people call somebody: the end of {@code arn:aws:sts::123456789012:assumed-role/Admin/hana}. */
        Optional<String> person() {
            return by.map(arn -> arn.replaceFirst(".*[:/]", "")).filter(name -> !name.isBlank());
        }
    }

    /** Hours slept (a share of dev that sleeps counts as that share of an hour), yen saved, and the date of the prices. */
    public record Saved(double weekHours, double weekYen, double monthHours, double monthYen, String pricesOf) {}

    public Observed {
        services = List.copyOf(services);
        databases = List.copyOf(databases);
        told = Map.copyOf(told);
        healthy = Map.copyOf(healthy);
    }
}
