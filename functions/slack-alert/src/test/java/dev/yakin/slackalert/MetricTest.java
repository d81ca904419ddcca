package dev.yakin.slackalert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTest {
    @ParameterizedTest
    @CsvSource({
        "AWS/ECS, CPUUtilization, 91.25, 91.3 %",
        "AWS/ECS, CPUUtilization, 80, 80 %",
        "AWS/RDS, FreeStorageSpace, 2147483648, 2 GB",
        "AWS/RDS, FreeableMemory, 157286400, 150 MB",
        "AWS/ApplicationELB, TargetResponseTime, 0.852, 852 ms",
        "AWS/ApplicationELB, TargetResponseTime, 2.34, 2.3 s",
        "AWS/ApplicationELB, UnHealthyHostCount, 1, 1",
        "My/App, Temperature, -3.75, -3.7",
        "My/App, Rate, 0.034, 0.034",
        "My/App, Tiny, 0.00001, 1.0E-5",
        "My/App, Huge, 1e300, 1.0E300",
        "'', 5xx rate in percent, 7.52, 7.5 %",
    })
    void numbers_are_short_and_have_their_unit(String namespace, String name, double value, String shown) {
        assertThat(Metric.of(namespace, name).show(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-26T10:03:12.417+0000, 2026-12-26T10:03:12.417Z",
        "2026-12-26T19:03:12+09:00, 2026-12-26T10:03:12Z",
        "2026-12-26T10:03:12Z, 2026-12-26T10:03:12Z",
        "2026-12-26 10:03:12.5, 2026-12-26T10:03:12.500Z",
        "tomorrow, ''",
        "9999-12-26T10:03:12Z, ''",
        "'', ''",
    })
    void times_are_read_as_aws_writes_them(String written, String instant) {
        var fields = Fields.parse("{\"at\":\"" + written + "\"}").orElseThrow();
        assertThat(fields.time("at").map(Object::toString).orElse("")).isEqualTo(instant);
    }
}
