package dev.yakin.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.shared.SaleFreeze;
import dev.yakin.shared.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.InternalServerErrorException;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;

class ParameterStoreFreezeTest {
    private static final Settings SETTINGS = new Settings(
            Map.of("SALES_PARAMETER", "/yakin/shop/sales", "TIME_ZONE", "Asia/Tokyo", "SALE_LEAD_MINUTES", "60"));

    @Test
    void reads_the_version_in_force() {
        var store = new FakeStore();
        store.good = Optional.of("""
                {"sales": [{"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-29T23:59"}]}""");

        var freeze = ParameterStoreFreeze.from(store, SETTINGS).look();

        assertThat(freeze.on(Instant.parse("2026-12-26T10:00:00Z"))).isPresent();
        assertThat(freeze.on(Instant.parse("2026-12-26T09:59:59Z"))).isEmpty();
    }

    @Test
    void nothing_was_ever_accepted_so_nothing_is_frozen() {
        assertThat(ParameterStoreFreeze.from(new FakeStore(), SETTINGS).look()).isEqualTo(SaleFreeze.NONE);
    }

    /** "I could not read it" must never look like "there is no freeze". */
    @Test
    void a_call_that_fails_says_nothing_about_a_freeze() {
        var store = new FakeStore();
        store.isBroken = true;
        assertThatThrownBy(() -> ParameterStoreFreeze.from(store, SETTINGS).look())
                .isInstanceOf(InternalServerErrorException.class);
    }

    /** One parameter, of which only the version with the label good is asked for. */
    private static final class FakeStore implements SsmClient {
        private Optional<String> good = Optional.empty();
        private boolean isBroken;

        @Override
        public GetParameterResponse getParameter(GetParameterRequest request) {
            if (isBroken) {
                throw InternalServerErrorException.builder().build();
            }
            assertThat(request.name()).isEqualTo("/yakin/shop/sales:good");
            var text = good.orElseThrow(
                    () -> ParameterVersionNotFoundException.builder().build());
            return GetParameterResponse.builder()
                    .parameter(parameter -> parameter.value(text))
                    .build();
        }

        @Override
        public String serviceName() {
            return "ssm";
        }

        @Override
        public void close() {}
    }
}
