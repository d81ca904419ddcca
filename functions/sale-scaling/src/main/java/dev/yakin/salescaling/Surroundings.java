package dev.yakin.salescaling;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a sale depends on besides the bounds, as it is now. */
public record Surroundings(
        Found<List<Tasks>> tasks,
        Found<Vcpus> vcpus,
        Found<Map<String, Integer>> freeAddresses,
        Found<Database> database,
        Found<Instant> certificateEnds,
        Found<Work> work,
        Found<Money> month) {

    /** Of some services only: a sale may cover a part of the shop. */
    Surroundings only(Predicate<String> services) {
        var some = tasks.map(
                all -> all.stream().filter(one -> services.test(one.service())).toList());
        return new Surroundings(some, vcpus, freeAddresses, database, certificateEnds, work, month);
    }

    /**
     * The tasks of a service.
     *
     * @param running now
     * @param vcpu of one task
     * @param memory of one task, in GB
     * @param subnets by their ids
     * @param missing its images that the registry does not have
     * @param isDeploying true while a deployment is in progress
     */
    public record Tasks(
            String service,
            int running,
            double vcpu,
            double memory,
            List<String> subnets,
            Found<List<String>> missing,
            boolean isDeploying) {
        public Tasks {
            subnets = List.copyOf(subnets);
        }
    }

    /** vCPUs that the account may run as Fargate tasks, and those that it runs. */
    public record Vcpus(double limit, double used) {}

    /**
     * @param status {@code available}, or RDS's word for anything else
     * @param maxConnections by instance class or capacity units
     * @param pending maintenance that RDS waits to do
     * @param window of maintenance, as RDS writes it, in UTC: {@code sun:19:30-sun:20:30}
     * @param newestBackup when the newest automated one was made
     * @param restorableUntil the newest moment that can be restored
     */
    public record Database(
            String status,
            int maxConnections,
            List<String> pending,
            String window,
            Optional<Instant> newestBackup,
            Optional<Instant> restorableUntil) {
        public Database {
            pending = List.copyOf(pending);
        }
    }

    /**
     * @param rotationDue the next rotation of the shop's secret, empty when none is planned
     * @param isRotating true while a rotation is not finished
     * @param drills databases of restore drills that are there now
     */
    public record Work(Optional<Instant> rotationDue, boolean isRotating, List<String> drills) {
        public Work {
            drills = List.copyOf(drills);
        }
    }

    /** The month's budget in USD: what is allowed, what is spent, and what AWS expects to be spent at its end. */
    public record Money(double limit, double spent, double forecast) {}
}
