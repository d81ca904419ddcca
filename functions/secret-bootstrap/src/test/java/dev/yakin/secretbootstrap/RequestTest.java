package dev.yakin.secretbootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.shared.StackRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @Test
    void names_what_is_wanted() {
        var request = Requests.of("Create");
        assertThat(request.stack().kind()).isEqualTo(StackRequest.Kind.CREATE);
        assertThat(request.wanted())
                .isEqualTo(
                        Map.of("DatabaseAppUser", "/app/prod/database-app-user", "JwtSecret", "/app/prod/jwt-secret"));
        assertThat(request.stack().identity()).containsEntry("RequestId", "r-1").hasSize(3);
    }

    @Test
    void a_resource_that_goes_away_wants_nothing() {
        assertThat(Requests.of("Delete").wanted()).isEmpty();
    }

    @Test
    void is_the_same_resource_in_every_request() {
        assertThat(Requests.of("Update").physicalId())
                .isEqualTo(Requests.of("Create").physicalId());
    }

    @Test
    void does_not_show_where_the_answer_goes() {
        assertThat(Requests.of("Create").toString()).doesNotContain("Signature").contains("r-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"RequestType\": \"Create\", \"ResponseURL\": \"https://x?X-Amz-Signature=abc\"}",
                "{\"RequestType\": \"Rename\", \"ResponseURL\": \"https://x?X-Amz-Signature=abc\", \"StackId\": \"s\", \"RequestId\": \"r\", \"LogicalResourceId\": \"l\"}",
                "{\"RequestType\": \"Create\", \"ResponseURL\": \"https://x y?X-Amz-Signature=abc\", \"StackId\": \"s\", \"RequestId\": \"r\", \"LogicalResourceId\": \"l\"}"
            })
    void what_CloudFormation_did_not_send_is_refused_without_showing_it(String event) {
        assertThatThrownBy(() -> Request.parse(event))
                .isInstanceOf(StackRequest.NotOurRequestException.class)
                .hasMessageContaining("no request of CloudFormation")
                .message()
                .doesNotContain("Signature");
    }
}
