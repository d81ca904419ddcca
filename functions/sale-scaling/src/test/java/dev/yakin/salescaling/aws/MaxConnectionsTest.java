package dev.yakin.salescaling.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaxConnectionsTest {
    @ParameterizedTest
    @CsvSource({
        "db.t4g.micro,94",
        "db.t4g.small,188",
        "db.t4g.medium,376",
        "db.m7g.large,752",
        "db.r7g.large,1503",
        "db.r7g.24xlarge,5000"
    })
    void follow_the_memory_of_the_class(String instanceClass, int connections) {
        assertThat(MaxConnections.of(instanceClass)).contains(connections);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "db.t4g", "db.x2g.large", "db.t4g.huge", "db..small"})
    void of_an_unknown_class_nobody_can_say(String instanceClass) {
        assertThat(MaxConnections.of(instanceClass)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.5,1,189", "2,16,3360", "0.5,16,2000", "1,2,189", "8,64,5000", "0,0.5,90"})
    void of_aurora_serverless_follow_the_capacity_units(double min, double max, int connections) {
        assertThat(MaxConnections.serverless(min, max)).isEqualTo(connections);
    }
}
