package dev.yakin.restoredrill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.restoredrill.Drill.Place;
import dev.yakin.restoredrill.Inspection.Checked;
import dev.yakin.restoredrill.Inspection.Table;
import dev.yakin.restoredrill.Observed.Looked;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** RDS, the bucket and the databases of a shop, with their state; an instance gets on with each look. */
public final class TestShop implements Instances, Records, Eyes {
    public static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    public static final LocalDate SUNDAY =
            LocalDate.of(2026, 11, 22); // point in time, and a snapshot with a second region
    public static final Wanted WANTED = new Wanted("shop-prod", TOKYO, "en", 20, Optional.empty(), false);
    public static final Wanted WITH_COPIES =
            new Wanted("shop-prod", TOKYO, "en", 20, Optional.of("ap-northeast-3"), true);
    public static final String COPY = "arn:aws:rds:ap-northeast-3:123456789012:snapshot:shop-dr-2026-11-28-18-03";
    private static final List<String> STEPS = List.of("creating", "backing-up", "available");
    private static final List<String> STEPS_OF_CLUSTERS = List.of("creating", Drill.WITHOUT_MEMBER);

    public final Map<String, Drill> drills = new LinkedHashMap<>();
    public final Map<String, HomeCopy> copies = new LinkedHashMap<>();
    public final Map<LocalDate, String> refusals = new TreeMap<>();
    public final Map<String, String> evidence = new TreeMap<>();
    public final Map<LocalDate, String> manifests = new TreeMap<>();
    public final List<String> deleted = new ArrayList<>();
    public Source source = new Source(
            "shop", Optional.of("rds:shop-2026-11-21"), Optional.of(tokyo("2026-11-22T02:55")), Optional.empty());
    public Inspection live = inspection(100);
    public Looked restored = new Looked.Found(inspection(100));
    public final Set<String> members = new TreeSet<>();
    public boolean isCluster;
    public Optional<String> stuck = Optional.empty();
    public Optional<String> refuses = Optional.empty();
    public Optional<String> refusesMembers = Optional.empty();

    public static Instant tokyo(String local) {
        return LocalDateTime.parse(local).atZone(TOKYO).toInstant();
    }

    public static Inspection inspection(long orders) {
        return new Inspection(
                Map.of("public.orders", new Table("a", orders), "public.items", new Table("b", 7)),
                Map.of("plpgsql", "1.0"),
                Set.of("app_user"),
                List.of(),
                Optional.of(tokyo("2026-11-22T02:59")),
                List.of(new Checked("has orders", "t", "t")));
    }

    /** RDS works: each instance gets one step further. */
    public void passTime() {
        drills.replaceAll((_, drill) -> {
            if (drill.isGoing()) {
                return drill;
            }
            var steps = isCluster && !members.contains(drill.id()) ? STEPS_OF_CLUSTERS : STEPS;
            var next = Math.min(steps.indexOf(drill.status()) + 1, steps.size() - 1);
            return with(
                    drill,
                    stuck.orElse(steps.get(next)),
                    drill.secret(),
                    drill.secret().isPresent());
        });
        drills.values().removeIf(Drill::isGoing);
        copies.replaceAll((_, copy) -> new HomeCopy(copy.id(), copy.day(), copy.begun(), stuck.orElse("available")));
    }

    private static Drill with(Drill drill, String status, Optional<String> secret, boolean ready) {
        var place = Optional.of(new Place(drill.id(), 5432, "app"));
        return new Drill(drill.id(), drill.day(), drill.kind(), drill.begun(), status, secret, ready, place);
    }

    @Override
    public Source source(Kind turn) {
        return source;
    }

    @Override
    public List<HomeCopy> copies() {
        return List.copyOf(copies.values());
    }

    @Override
    public void copyHome(String id, LocalDate day, String copyArn, Instant begun) {
        copies.putIfAbsent(id, new HomeCopy(id, day, begun, "copying"));
    }

    @Override
    public void deleteCopy(String id) {
        if (copies.remove(id) != null) {
            deleted.add("copy " + id);
        }
    }

    @Override
    public List<Drill> drills() {
        return List.copyOf(drills.values());
    }

    @Override
    public void restore(String id, LocalDate day, Kind kind, String from, Instant begun) {
        refuses.ifPresent(cause -> {
            throw new IllegalStateException(cause);
        });
        drills.putIfAbsent(id, new Drill(id, day, kind, begun, "creating", Optional.empty(), false, Optional.empty()));
    }

    @Override
    public void addMember(String id, LocalDate day, Kind kind, Instant begun) {
        refusesMembers.ifPresent(cause -> {
            throw new IllegalStateException(cause);
        });
        drills.computeIfPresent(id, (_, drill) -> {
            assertThat(drill.status()).as("RDS takes it only then").isEqualTo(Drill.WITHOUT_MEMBER);
            members.add(id);
            return with(drill, "creating", drill.secret(), false);
        });
    }

    @Override
    public void setCredentials(String id) {
        drills.computeIfPresent(id, (_, drill) -> with(drill, "available", Optional.of("secret"), false));
    }

    @Override
    public void delete(String id) {
        deleted.add(id);
        members.remove(id);
        drills.computeIfPresent(id, (_, drill) -> with(drill, "deleting", drill.secret(), false));
    }

    @Override
    public List<Past> past(YearMonth month) {
        return evidence.keySet().stream()
                .flatMap(name -> Past.parse(name).stream())
                .filter(past -> YearMonth.from(past.day()).equals(month))
                .toList();
    }

    @Override
    public void keep(String name, String json) {
        evidence.put(name, json);
    }

    @Override
    public Optional<String> refusal(LocalDate day) {
        return Optional.ofNullable(refusals.get(day));
    }

    @Override
    public void keepRefusal(LocalDate day, String cause) {
        refusals.put(day, cause);
    }

    @Override
    public Optional<Inspection> manifest(LocalDate day) {
        return Optional.ofNullable(manifests.get(day)).map(InspectionJson::read);
    }

    @Override
    public void saveManifest(LocalDate day, Inspection inspection) {
        manifests.put(day, InspectionJson.write(inspection));
    }

    @Override
    public Inspection live() {
        return live;
    }

    @Override
    public Looked restored(Drill drill) {
        return restored;
    }
}
