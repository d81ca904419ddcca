package dev.yakin.salescaling.aws;

import static dev.yakin.salescaling.TestShop.EVERYDAY;
import static dev.yakin.salescaling.TestShop.SALE;
import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.yakin.shared.PlanRunner.PlanFailedException;
import dev.yakin.shared.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The function as Lambda calls it, without AWS. */
class SaleScalingHandlerTest {
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("STACK_NAME", "shop"),
            Map.entry("STAGE", "prod"),
            Map.entry("TIME_ZONE", "Asia/Tokyo"),
            Map.entry("ALERT_LANGUAGE", "ja"),
            Map.entry("NOTICES_TOPIC_ARN", "arn:aws:sns:ap-northeast-1:123456789012:notices"),
            Map.entry("CLUSTER", "shop"),
            Map.entry("SERVICES", "app, worker"),
            Map.entry("MIN_CAPACITY", "2"),
            Map.entry("MAX_CAPACITY", "10"),
            Map.entry("SALE_MIN_CAPACITY", "6"),
            Map.entry("SALE_MAX_CAPACITY", "20"),
            Map.entry("SALE_LEAD_MINUTES", "60"),
            Map.entry("SALES_PARAMETER", "/yakin/shop/sales"),
            Map.entry("DB_POOL_SIZE", "8"),
            Map.entry("ERRORS_PERCENT", "3"),
            Map.entry("ACCOUNT", "123456789012"),
            Map.entry("DATABASE", "shop"),
            Map.entry("DATABASE_KIND", "rds"),
            Map.entry("DATABASE_SECRET", "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop"),
            Map.entry("CERTIFICATE", "none"),
            Map.entry("BUDGET", "shop"),
            Map.entry("LOAD_BALANCER", "app/shop/50dc6c495c0c9188"),
            Map.entry("AWS_REGION", "ap-northeast-1"));

    private final TestStack stack = new TestStack();

    @BeforeEach
    void a_calendar_is_good() {
        stack.sales.save(calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00")), tokyo("2026-12-01T00:00"));
        stack.look("2026-12-01T00:00");
        stack.look("2026-12-26T18:55"); // the raise is left with Application Auto Scaling long before
        stack.log.reset();
    }

    @Test
    void the_answer_names_each_action_with_reason_and_outcome() throws IOException {
        var answer = call("{}");
        assertThat(answer.get("function").getAsString()).isEqualTo("sale-scaling");
        assertThat(answer.get("at").getAsString()).isEqualTo("2026-12-26T10:00:00Z");
        var actions = answer.getAsJsonArray("actions").asList();
        assertThat(actions).hasSize(5);
        assertThat(actions.get(1))
                .hasToString("{\"action\":\"SetCapacity\",\"target\":\"app\","
                        + "\"reason\":\"warm-up of sale winter: it opens at 2026-12-26T11:00:00Z\","
                        + "\"outcome\":\"done\",\"from\":\"2..10\",\"to\":\"6..20\"}");
        assertThat(stack.fleet.bounds("app")).contains(SALE);
    }

    @Test
    void a_dry_run_answers_with_the_plan_and_changes_nothing() throws IOException {
        var before = stack.state();
        var answer = call("{\"dryRun\": true}");
        assertThat(answer.getAsJsonArray("actions").asList())
                .hasSize(5)
                .allSatisfy(action -> assertThat(
                                action.getAsJsonObject().get("outcome").getAsString())
                        .isEqualTo("planned"));
        assertThat(stack.state()).isEqualTo(before);
        assertThat(stack.said).hasSize(2); // of the day when the calendar was accepted, and the pre-flight
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "{\"dryRun\": false}", "{\"source\": \"aws.ssm\", \"detail\": {}}"})
    void any_other_event_is_a_wake_up(String event) throws IOException {
        call(event);
        assertThat(stack.fleet.bounds("app")).contains(SALE);
    }

    @Test
    void each_action_is_one_json_line_and_a_good_look_ends_with_a_heartbeat() throws IOException {
        call("{}");
        var lines = stack.log
                .toString(UTF_8)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.subList(0, 5))
                .allSatisfy(line -> assertThat(line.has("action")).isTrue());
        assertThat(lines.getLast().has("Heartbeat")).isTrue();
    }

    @Test
    void an_unknown_service_fails_the_look_by_name_after_the_others_were_handled() {
        stack.fleet.forget("app");
        assertThatThrownBy(() -> stack.look("2026-12-26T19:00"))
                .isInstanceOf(PlanFailedException.class)
                .hasMessageContaining("app: ECS cannot scale the service: MISSING");
        assertThat(stack.fleet.bounds("worker")).contains(SALE);
        assertThat(stack.log.toString(UTF_8)).doesNotContain("Heartbeat");
    }

    @Test
    void a_service_that_is_throttled_does_not_stop_the_others() {
        stack.fleet.failOn("app");
        assertThatThrownBy(() -> stack.look("2026-12-26T19:00")).hasMessageContaining("1 of 5 actions failed");
        assertThat(stack.fleet.bounds("worker")).contains(SALE);
        assertThat(stack.fleet.bounds("app")).contains(EVERYDAY);
        stack.fleet.failOn(null);
        stack.look("2026-12-26T19:05");
        assertThat(stack.fleet.bounds("app")).contains(SALE);
    }

    @Test
    void a_refusal_that_nobody_was_told_is_not_remembered_as_told() {
        stack.sales.save("{", tokyo("2026-12-02T00:00"));
        var notPublished = new Trouble(Trouble.Kind.FAILS, 0);
        assertThatThrownBy(() -> stack.handler("2026-12-02T00:00", notPublished).look(false))
                .isInstanceOf(PlanFailedException.class);
        assertThat(stack.sales.labelled("refused")).isEmpty();
        assertThat(stack.log.toString(UTF_8)).contains("skipped: needs Say notices");
        stack.look("2026-12-02T00:05");
        assertThat(stack.said).hasSize(3);
    }

    @Test
    void the_environment_of_the_template_is_enough() {
        var settings = SaleScalingSettings.from(new Settings(ENVIRONMENT));
        assertThat(settings.wanted().baseline()).isEqualTo(EVERYDAY);
        assertThat(settings.wanted().rules().services()).isEqualTo(List.of("app", "worker"));
    }

    @ParameterizedTest
    @CsvSource({
        "STACK_NAME,",
        "CLUSTER,",
        "SERVICES,",
        "MIN_CAPACITY,",
        "MAX_CAPACITY,",
        "SALE_MIN_CAPACITY,",
        "SALE_MAX_CAPACITY,",
        "SALE_LEAD_MINUTES,",
        "SALES_PARAMETER,",
        "TIME_ZONE,",
        "ALERT_LANGUAGE,",
        "NOTICES_TOPIC_ARN,",
        "DB_POOL_SIZE,many",
        "ERRORS_PERCENT,101",
        "ACCOUNT,",
        "DATABASE,",
        "DATABASE_KIND,mysql",
        "DATABASE_SECRET,",
        "CERTIFICATE,",
        "BUDGET,",
        "LOAD_BALANCER,",
        "AWS_REGION,",
        "MAX_CAPACITY,1",
        "MIN_CAPACITY,two",
        "SALE_MAX_CAPACITY,5",
        "SALE_MIN_CAPACITY,0",
        "SALE_LEAD_MINUTES,-1",
        "TIME_ZONE,Tokyo",
        "ALERT_LANGUAGE,de"
    })
    void a_setting_that_is_missing_or_wrong_is_named_at_the_start(String name, String value) {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.put(name, value == null ? "" : value);
        assertThatThrownBy(() -> SaleScalingSettings.from(new Settings(environment)))
                .hasMessageStartingWith("environment variable " + name + " is ");
    }

    private JsonObject call(String event) throws IOException {
        var output = new ByteArrayOutputStream();
        var handler = stack.handler("2026-12-26T19:00", Trouble.none());
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, untouched());
        return JsonParser.parseString(output.toString(UTF_8)).getAsJsonObject();
    }

    /** Of Lambda's context nothing is used. */
    private static Context untouched() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (_, method, _) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
