package dev.yakin.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.shared.TestJournal;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class ClientsTest {
    private final TestJournal test = new TestJournal();

    @Test
    void a_priming_that_fails_is_logged_and_does_not_stop_the_start() {
        Clients.prime(test.journal, () -> {
            throw SdkClientException.create("no route");
        });
        assertThat(test.lines().getFirst().get("message").getAsString()).isEqualTo("priming failed");
    }

    @Test
    void a_mistake_of_ours_does_stop_it() {
        assertThatThrownBy(() -> Clients.prime(test.journal, () -> {
                    throw new IllegalStateException("ours");
                }))
                .hasMessage("ours");
    }
}
