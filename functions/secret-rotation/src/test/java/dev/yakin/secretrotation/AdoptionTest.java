package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.secretrotation.AdoptionAction.Adopting;
import dev.yakin.secretrotation.AdoptionAction.MarkAdopted;
import dev.yakin.secretrotation.AdoptionAction.Redeploy;
import dev.yakin.secretrotation.AdoptionAction.Remember;
import dev.yakin.secretrotation.AdoptionAction.RotateAgain;
import dev.yakin.secretrotation.AdoptionAction.Say;
import dev.yakin.shared.Notice;
import dev.yakin.shared.SaleFreeze;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When services are deployed anew, when that is done, and who is told. */
class AdoptionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final String APP = "arn:app";
    private static final String MASTER = "arn:master";
    private static final AdoptionNotices WORDS = new AdoptionNotices("shop", "en", ZoneId.of("Asia/Tokyo"));

    private final Map<String, Map<String, String>> tags = new HashMap<>(Map.of(APP, Map.of(), MASTER, Map.of()));
    private final List<WatchedService> services = new ArrayList<>();
    private SaleFreeze freeze = SaleFreeze.NONE;
    private String database = "available";
    private boolean rotating;
    private WatchedSecret.Driver driver = WatchedSecret.Driver.SECRETS_MANAGER;

    @Test
    void every_service_that_reads_the_secret_is_deployed_once() {
        services.add(service("web", Set.of(APP, MASTER), false, old(), old()));
        services.add(service("api", Set.of(APP), false, old()));
        var plan = look(NOW);
        assertThat(redeployed(plan)).containsExactly("web", "api");
        assertThat(titles(plan))
                .containsExactly(
                        "Secret app has changed: its services are deployed anew, task by task",
                        "Secret master has changed: its services are deployed anew, task by task");
        assertThat(tagsOf(APP).get(Adopting.TAG)).isEqualTo("v2 " + NOW + " " + NOW);
    }

    @Test
    void done_is_when_every_task_was_made_after_the_change() {
        services.add(service("web", Set.of(APP), false, old(), old()));
        look(NOW);
        services.set(0, service("web", Set.of(APP), true, old(), fresh(), fresh()));
        assertThat(look(NOW.plusSeconds(300)).stream().filter(MarkAdopted.class::isInstance))
                .extracting(AdoptionAction::target)
                .as("the master secret, which nobody reads, needs nobody")
                .isEmpty();
        services.set(0, service("web", Set.of(APP), false, fresh(), fresh()));
        var plan = look(NOW.plusSeconds(600));
        assertThat(titles(plan)).containsExactly("Secret app: every task uses the new value");
        assertThat(tagsOf(APP)).containsEntry(SecretState.ADOPTED_TAG, "v2");
        assertThat(look(NOW.plusSeconds(900))).isEmpty();
    }

    @Test
    void too_few_tasks_are_not_done() {
        tags.put(APP, Map.of(Adopting.TAG, "v2 " + NOW));
        services.add(new WatchedService("web", Set.of(APP), 2, false, List.of(fresh()), List.of()));
        assertThat(look(NOW.plusSeconds(60)))
                .noneMatch(action -> action.target().equals(APP));
    }

    @Test
    void a_service_that_sleeps_has_adopted_everything() {
        services.add(new WatchedService("web", Set.of(APP), 0, false, List.of(), List.of()));
        assertThat(look(NOW)).filteredOn(MarkAdopted.class::isInstance).hasSize(2);
    }

    @Test
    void a_deployment_in_progress_is_waited_for() {
        services.add(service("web", Set.of(APP), true, old(), old()));
        assertThat(redeployed(look(NOW))).isEmpty();
        services.set(0, service("web", Set.of(APP), false, old(), old()));
        assertThat(redeployed(look(NOW.plusSeconds(300)))).containsExactly("web");
    }

    @Test
    void during_a_sale_no_task_is_replaced_and_afterwards_at_once() {
        var ends = NOW.plus(Duration.ofHours(5));
        freeze = new SaleFreeze(List.of(new SaleFreeze.Window("winter", NOW.minusSeconds(60), ends)));
        services.add(service("web", Set.of(APP), false, old()));
        var plan = look(NOW);
        assertThat(redeployed(plan)).isEmpty();
        assertThat(notices(plan)).singleElement().satisfies(notice -> {
            assertThat(notice.title()).contains("after the sale");
            assertThat(notice.until()).contains(ends.plus(Adoption.PATIENCE));
        });
        assertThat(notices(look(ends.minusSeconds(1)))).noneMatch(AdoptionTest::isCritical);
        var after = look(ends);
        assertThat(redeployed(after)).containsExactly("web");
        assertThat(notices(after)).noneMatch(AdoptionTest::isCritical);
    }

    @Test
    void what_the_circuit_breaker_rolled_back_is_critical_and_not_repeated_at_once() {
        services.add(service("web", Set.of(APP), false, old()));
        look(NOW);
        services.set(
                0,
                new WatchedService(
                        "web", Set.of(APP), 1, false, List.of(old()), List.of("deployment ecs-svc/1 failed")));
        var plan = look(NOW.plusSeconds(300));
        assertThat(redeployed(plan)).isEmpty();
        assertThat(notices(plan)).singleElement().satisfies(notice -> {
            assertThat(isCritical(notice)).isTrue();
            assertThat(notice.facts()).contains(new Notice.Fact("ECS says", "deployment ecs-svc/1 failed"));
        });
        assertThat(redeployed(look(NOW.plus(Adoption.PATIENCE)))).containsExactly("web");
    }

    @Test
    void after_thirty_minutes_people_are_told() {
        services.add(service("web", Set.of(APP), true, old()));
        assertThat(notices(look(NOW))).isEmpty();
        assertThat(notices(look(NOW.plusSeconds(29 * 60)))).isEmpty();
        assertThat(notices(look(NOW.plusSeconds(30 * 60)))).singleElement().matches(AdoptionTest::isCritical);
    }

    @Test
    void while_a_rotation_is_on_its_way_nothing_is_judged() {
        rotating = true;
        services.add(service("web", Set.of(APP), false, old()));
        assertThat(look(NOW)).noneMatch(action -> action.target().equals(APP));
    }

    @ParameterizedTest
    @CsvSource({
        "postponed setSecret v3 UNREACHABLE: x,                     1, INFO,     is postponed: the database sleeps",
        "postponed setSecret v3 UNREACHABLE: x,                    33, WARNING,  is postponed: the database sleeps",
        "failed setSecret UNREACHABLE: x,                           1, WARNING,  does not go on",
        "failed setSecret UNREACHABLE: x,                          32, WARNING,  does not go on",
        "failed setSecret UNREACHABLE: x,                          33, CRITICAL, does not go on",
        "refused AWSCURRENT does not log in: setSecret DRIFT: x,    1, CRITICAL, refuses the current password"
    })
    void a_failed_rotation_warns_and_is_critical_when_tasks_cannot_start_or_the_password_gets_too_old(
            String trouble, int days, Notice.Severity severity, String words) {
        everythingIsAdopted();
        tag(APP, SecretState.TROUBLE_TAG, trouble);
        var plan = look(NOW.plus(Duration.ofDays(days)));
        assertThat(notices(plan)).singleElement().satisfies(notice -> {
            assertThat(notice.severity()).isEqualTo(severity);
            assertThat(notice.title()).contains(words);
            assertThat(notice.facts())
                    .contains(
                            new Notice.Fact("What happened", trouble),
                            new Notice.Fact("Database", database),
                            new Notice.Fact("Last rotation", days + " days ago"));
        });
    }

    @Test
    void trouble_that_gets_worse_is_told_once_more_on_the_same_day() {
        everythingIsAdopted();
        tag(APP, SecretState.TROUBLE_TAG, "failed setSecret DRIFT: x");
        var before = notices(look(NOW.plus(Duration.ofDays(33)).minusSeconds(60)));
        var after = notices(look(NOW.plus(Duration.ofDays(33))));
        assertThat(before.getFirst().id()).isNotEqualTo(after.getFirst().id());
        assertThat(before.getFirst().key()).isEqualTo(after.getFirst().key());
    }

    @Test
    void a_postponed_rotation_begins_again_once_when_the_database_is_awake() {
        everythingIsAdopted();
        tag(APP, SecretState.TROUBLE_TAG, "postponed setSecret v3 UNREACHABLE: x");
        for (var asleep : List.of("stopping", "stopped", "starting")) {
            database = asleep;
            assertThat(begunAgain(look(NOW))).isEmpty();
        }
        database = "available";
        assertThat(begunAgain(look(NOW))).containsExactly(APP);
        assertThat(begunAgain(look(NOW.plusSeconds(300))))
                .as("it has been asked for")
                .isEmpty();
        assertThat(begunAgain(look(NOW.plus(Sleep.AWAKE))))
                .as("nothing came of it")
                .containsExactly(APP);
    }

    @Test
    void what_a_schedule_of_ours_rotates_is_not_asked_of_Secrets_Manager() {
        everythingIsAdopted();
        driver = WatchedSecret.Driver.SCHEDULE;
        tag(APP, SecretState.TROUBLE_TAG, "postponed setSecret 8 UNREACHABLE: x");
        assertThat(begunAgain(look(NOW))).isEmpty();
    }

    @Test
    void the_next_date_is_in_the_weekly_notice() {
        everythingIsAdopted();
        var monday = Instant.parse("2026-11-30T01:05:00Z");
        assertThat(notices(look(monday)))
                .singleElement()
                .satisfies(notice -> assertThat(notice.facts())
                        .contains(new Notice.Fact("Next rotation", "2026-12-20 12:00 Asia/Tokyo")));
        assertThat(look(monday.plus(Duration.ofHours(1)))).isEmpty();
    }

    private void everythingIsAdopted() {
        tags.put(APP, Map.of(SecretState.ADOPTED_TAG, "v2"));
        tags.put(MASTER, Map.of(SecretState.ADOPTED_TAG, "v2"));
    }

    private static List<String> begunAgain(List<AdoptionAction> plan) {
        return plan.stream()
                .filter(RotateAgain.class::isInstance)
                .map(AdoptionAction::target)
                .toList();
    }

    private static WatchedService.Task old() {
        return new WatchedService.Task(NOW.minusSeconds(3600), true, false);
    }

    private static WatchedService.Task fresh() {
        return new WatchedService.Task(NOW.plusSeconds(30), true, false);
    }

    private static WatchedService service(
            String name, Set<String> secrets, boolean deploying, WatchedService.Task... tasks) {
        var desired = (int) List.of(tasks).stream().distinct().count() > 1 ? 2 : tasks.length;
        return new WatchedService(name, secrets, desired, deploying, List.of(tasks), List.of());
    }

    /** Plans, and does what a look writes down. */
    private List<AdoptionAction> look(Instant now) {
        var plan = Adoption.plan(
                WORDS, now, freeze, new Adoption.Observed(List.of(secret(APP), secret(MASTER)), services, database));
        for (var action : plan) {
            switch (action) {
                case Remember remember ->
                    tag(remember.target(), Adopting.TAG, remember.adopting().toString());
                case MarkAdopted mark -> tag(mark.target(), SecretState.ADOPTED_TAG, mark.version());
                case RotateAgain again ->
                    tag(again.target(), SecretState.AGAIN_TAG, again.now().toString());
                case Say _, Redeploy _ -> {}
            }
        }
        return plan;
    }

    private void tag(String secret, String key, String value) {
        var changed = new HashMap<>(tagsOf(secret));
        changed.put(key, value);
        tags.put(secret, changed);
    }

    private Map<String, String> tagsOf(String secret) {
        return tags.getOrDefault(secret, Map.of());
    }

    private WatchedSecret secret(String arn) {
        Map<String, Set<String>> stages = rotating && arn.equals(APP)
                ? Map.of("v2", Set.of(Vault.CURRENT), "v3", Set.of(Vault.PENDING))
                : Map.of("v2", Set.of(Vault.CURRENT), "v1", Set.of(Vault.PREVIOUS));
        var next = arn.equals(APP) ? Optional.of(Instant.parse("2026-12-20T03:00:00Z")) : Optional.<Instant>empty();
        return new WatchedSecret(
                arn, arn.substring(4), new SecretState(true, stages, tagsOf(arn)), Optional.of(NOW), next, driver);
    }

    private static List<String> redeployed(List<AdoptionAction> plan) {
        return plan.stream()
                .filter(Redeploy.class::isInstance)
                .map(AdoptionAction::target)
                .toList();
    }

    private static List<Notice> notices(List<AdoptionAction> plan) {
        return plan.stream()
                .filter(Say.class::isInstance)
                .map(action -> ((Say) action).notice())
                .toList();
    }

    private static List<String> titles(List<AdoptionAction> plan) {
        return notices(plan).stream().map(Notice::title).toList();
    }

    private static boolean isCritical(Notice notice) {
        return notice.severity() == Notice.Severity.CRITICAL;
    }
}
