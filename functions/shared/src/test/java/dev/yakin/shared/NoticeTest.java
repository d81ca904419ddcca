package dev.yakin.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticeTest {
    @Test
    void its_json_is_the_contract_with_slack_alert() {
        var notice = new Notice(
                "sale-scaling/shop/over/winter",
                "sale-scaling",
                Notice.Severity.INFO,
                "sale-scaling/shop/sale/winter",
                Notice.State.RESOLVED,
                "Sale winter is over",
                List.of(new Notice.Fact("Tasks", "6..20 → 2..10")),
                List.of(new Notice.Link("Calendar", "https://example.com/sales")),
                Instant.parse("2026-12-26T15:00:00Z"));
        assertThat(notice.toJson()).hasToString("""
                        {"id":"sale-scaling/shop/over/winter","source":"sale-scaling","severity":"info",\
                        "key":"sale-scaling/shop/sale/winter","state":"resolved","title":"Sale winter is over",\
                        "facts":[["Tasks","6..20 → 2..10"]],"links":[["Calendar","https://example.com/sales"]],\
                        "at":"2026-12-26T15:00:00Z"}""");
    }

    @Test
    void a_planned_state_says_when_it_ends_at_the_latest() {
        var asleep = new Notice(
                "id",
                "dev-shutdown",
                Notice.Severity.INFO,
                "dev-asleep/shop",
                Notice.State.OPEN,
                "Dev sleeps",
                List.of(),
                List.of(),
                Instant.parse("2026-12-25T09:00:00Z"));
        assertThat(asleep.toJson().has("until")).isFalse();
        var planned = asleep.until(Instant.parse("2026-12-28T00:30:00Z"));
        assertThat(planned.toJson().get("until").getAsString()).isEqualTo("2026-12-28T00:30:00Z");
        assertThat(planned.key()).isEqualTo("dev-asleep/shop");
    }
}
