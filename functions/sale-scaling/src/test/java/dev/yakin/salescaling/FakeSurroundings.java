package dev.yakin.salescaling;

import dev.yakin.salescaling.Surroundings.Database;
import dev.yakin.salescaling.Surroundings.Money;
import dev.yakin.salescaling.Surroundings.Tasks;
import dev.yakin.salescaling.Surroundings.Vcpus;
import dev.yakin.salescaling.Surroundings.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A shop in good order, until a test spoils a part of it. */
public final class FakeSurroundings implements SurroundingsReader {
    static final double VCPU = 0.5;

    Found<Vcpus> vcpus = new Found.Is<>(new Vcpus(64, 1));
    Found<Map<String, Integer>> free = new Found.Is<>(Map.of("subnet-a", 240, "subnet-b", 235));
    Found<List<String>> missing = new Found.Is<>(List.of());
    Found<Instant> certificate = new Found.Is<>(Instant.parse("2027-06-01T00:00:00Z"));
    Found<Work> work = new Found.Is<>(new Work(Optional.empty(), false, List.of()));
    Found<Money> month = new Found.Is<>(new Money(1_000, 310, 620));
    String status = "available";
    int maxConnections = 1_000;
    List<String> pending = List.of();
    String window = "sun:19:30-sun:20:30";
    Duration backup = Duration.ofHours(5);
    Duration lag = Duration.ofMinutes(4);
    boolean isDeploying;
    Optional<String> noTasks = Optional.empty();
    int looks;

    /** No task can start. */
    public void spoil() {
        vcpus = new Found.Is<>(new Vcpus(6, 1));
    }

    public void repair() {
        vcpus = new Found.Is<>(new Vcpus(64, 1));
    }

    @Override
    public Surroundings look(List<String> services, Instant now) {
        looks++;
        var database = new Database(
                status, maxConnections, pending, window, Optional.of(now.minus(backup)), Optional.of(now.minus(lag)));
        Found<List<Tasks>> tasks = noTasks.<Found<List<Tasks>>>map(Found.Unreadable::new)
                .orElseGet(
                        () -> new Found.Is<>(services.stream().map(this::tasks).toList()));
        return new Surroundings(tasks, vcpus, free, new Found.Is<>(database), certificate, work, month);
    }

    private Tasks tasks(String service) {
        return new Tasks(service, 2, VCPU, 1, List.of("subnet-a", "subnet-b"), missing, isDeploying);
    }
}
