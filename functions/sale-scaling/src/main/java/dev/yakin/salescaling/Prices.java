package dev.yakin.salescaling;

import java.time.Duration;

/**
 * What a task costs: list prices of Fargate (Linux/X86) in Tokyo, in USD an hour, as noted in 2025-09 from a third
 * party's list; the same as in {@code tools/prices-tokyo.json}, which {@code checks/} compares. Source to verify them
 * with: AWS Fargate pricing.
 */
final class Prices {
    static final double VCPU_HOUR = 0.05056;
    static final double MEMORY_GB_HOUR = 0.00553;
    static final double YEN_PER_USD = 150;

    private Prices() {}

    /** USD for so many tasks of that size for so long. */
    static double usd(double tasks, Surroundings.Tasks size, Duration time) {
        return tasks * hourly(size) * time.toSeconds() / 3600.0;
    }

    private static double hourly(Surroundings.Tasks size) {
        return size.vcpu() * VCPU_HOUR + size.memory() * MEMORY_GB_HOUR;
    }
}
