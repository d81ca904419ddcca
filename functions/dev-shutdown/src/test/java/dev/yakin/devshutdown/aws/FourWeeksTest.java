package dev.yakin.devshutdown.aws;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.Notice;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Four weeks minute by minute. The days off are written down by hand, as a calendar on the wall has them: they must not
 * come from what is tested.
 */
class FourWeeksTest {
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final LocalTime SIX = LocalTime.of(18, 0);
    private static final LocalTime HALF_PAST_EIGHT = LocalTime.of(8, 30);

    /** A look, draining, a look, stopping: all is quiet a quarter of an hour after six. */
    private static final LocalTime ALL_QUIET = LocalTime.of(18, 15);

    /** AWS's start takes eight minutes, the look that sees it comes in five at the latest, stopping takes four. */
    private static final int MINUTES_OF_A_FORCED_START = 8 + 5 + 4;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Golden Week and a substitute holiday | 2026-04-20 | 16 | 04-29 05-03 05-04 05-05 05-06 | ''            | true  | 0 | 0
        Golden Week without events of RDS    | 2026-04-20 | 16 | 04-29 05-03 05-04 05-05 05-06 | ''            | false | 0 | 0
        New Year with a seven-day restart    | 2026-12-15 | 13 | 01-01 01-11                   | 12-26..01-04  | true  | 0 | 1
        New Year without events of RDS       | 2026-12-15 | 13 | 01-01 01-11                   | 12-26..01-04  | false | 0 | 1
        New Year, RDS describes what was     | 2026-12-15 | 13 | 01-01 01-11                   | 12-26..01-04  | true  | 3 | 1
        a sandwiched day in September        | 2026-09-07 | 17 | 09-21 09-22 09-23             | ''            | true  | 0 | 0
        """)
    void dev_is_up_in_office_hours_and_asleep_besides(
            String name,
            LocalDate from,
            int workdays,
            String holidays,
            String companyDays,
            boolean hasEvents,
            int lagMinutes,
            int forced) {
        var dev = new TestDev(from + "T00:00").daysOff(companyDays).furnished();
        dev.hasEvents = hasEvents;
        dev.rds.lag = Duration.ofMinutes(lagMinutes);
        var asItWas = dev.state();
        var count = new Count(Stream.of(holidays.split(" ", -1)).collect(toSet()), !companyDays.isEmpty());
        var to = from.plusWeeks(4);
        dev.runUntil(to + "T00:00", () -> count.minute(dev));

        System.out.printf(
                "%s, %s to %s: %d workdays = %d office hours by the calendar; up in %.1f of them; tasks up besides %.1f h"
                        + " (waking, draining); asleep %.1f of %.0f h; databases up at night %d minutes%n",
                name,
                from,
                to,
                workdays,
                workdays * 9,
                count.office / 60.0,
                count.besides / 60.0,
                count.asleep / 60.0,
                count.all / 60.0,
                count.databasesAtNight);
        assertThat(count.office).as("minutes up in office hours").isEqualTo(workdays * 9 * 60);
        assertThat(count.tasksAtNight)
                .as("minutes with tasks outside 8:30 to 18:15")
                .isZero();
        assertThat(count.databasesAtNight)
                .as("minutes with a database at night")
                .isLessThanOrEqualTo(forced * (MINUTES_OF_A_FORCED_START + lagMinutes));
        assertThat(dev.titles().stream().filter(title -> title.startsWith("AWS started it after seven days")))
                .hasSize(forced);
        assertThat(dev.titles().stream().filter(title -> title.startsWith("dev is up: 4 of 4 tasks healthy")))
                .hasSize(workdays);
        assertThat(dev.titles().stream().filter(title -> title.startsWith("dev slept 123 hours this week")))
                .hasSize(4);
        assertThat(dev.said.stream().map(Notice::severity)).doesNotContain(Notice.Severity.WARNING);
        dev.runUntil(to + "T10:00");
        assertThat(dev.state()).isEqualTo(asItWas);
    }

    /** What the calendar on the wall says against what is, in minutes. */
    private static final class Count {
        private final Set<String> holidays;
        private final boolean hasCompanyDays;
        private int all;
        private int office;
        private int besides;
        private int asleep;
        private int tasksAtNight;
        private int databasesAtNight;

        Count(Set<String> holidays, boolean hasCompanyDays) {
            this.holidays = holidays;
            this.hasCompanyDays = hasCompanyDays;
        }

        void minute(TestDev dev) {
            var local = dev.world.now.atZone(TestDev.TOKYO);
            var day = local.toLocalDate().toString().substring("2026-".length());
            var isCompanyDay = hasCompanyDays && (day.compareTo("12-26") >= 0 || day.compareTo("01-04") <= 0);
            var isWorkday = local.getDayOfWeek().getValue() < 6 && !holidays.contains(day) && !isCompanyDay;
            var time = local.toLocalTime();
            var noTasks = dev.ecs.get("app").running + dev.ecs.get("worker").running == 0;
            var isUp = dev.ecs.get("app").running == 3
                    && dev.ecs.get("worker").running == 1
                    && dev.rds.get("db:orders").status().equals("available")
                    && dev.rds.get("cluster:users").status().equals("available");
            var noDatabases = dev.rds.get("db:orders").status().equals("stopped")
                    && dev.rds.get("cluster:users").status().equals("stopped");
            all++;
            asleep += noTasks && noDatabases ? 1 : 0;
            if (isWorkday && !time.isBefore(NINE) && time.isBefore(SIX)) {
                office += isUp ? 1 : 0;
                return;
            }
            besides += noTasks ? 0 : 1;
            var isWakingOrDraining = isWorkday && !time.isBefore(HALF_PAST_EIGHT) && time.isBefore(ALL_QUIET);
            // The first night begins awake: nothing has looked before.
            if (!isWakingOrDraining && all > 15) {
                tasksAtNight += noTasks ? 0 : 1;
                databasesAtNight += noDatabases ? 0 : 1;
            }
        }
    }
}
