package dev.yakin.salescaling.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.yakin.salescaling.SalesVersions;
import dev.yakin.salescaling.SalesVersions.Missing;
import dev.yakin.salescaling.SalesVersions.Unreadable;
import dev.yakin.salescaling.SalesVersions.Version;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterStoreSalesTest {
    private final FakeParameterStore store = new FakeParameterStore("/yakin/shop/sales");
    private final ParameterStoreSales sales = new ParameterStoreSales(store, "/yakin/shop/sales");

    @Test
    void a_parameter_that_is_not_there_is_missing() {
        assertThat(sales.look()).isEqualTo(new SalesVersions(new Missing(), new Missing(), Optional.empty()));
    }

    @Test
    void a_label_that_no_version_carries_is_missing() {
        store.put("one");
        assertThat(sales.look().latest()).isInstanceOf(Version.class);
        assertThat(sales.look().good()).isInstanceOf(Missing.class);
    }

    @Test
    void labels_lead_to_their_versions_and_can_be_taken_off_twice() {
        store.put("one");
        store.put("two");
        sales.label(1, SalesVersions.GOOD);
        sales.label(2, SalesVersions.REFUSED);
        assertThat(sales.look().good())
                .satisfies(good -> assertThat(((Version) good).text()).isEqualTo("one"));
        assertThat(sales.look().refused()).contains(2L);
        sales.removeLabel(2, SalesVersions.REFUSED);
        sales.removeLabel(2, SalesVersions.REFUSED);
        assertThat(sales.look().refused()).isEmpty();
    }

    @Test
    void a_label_that_is_not_taken_is_an_error() {
        store.put("one");
        assertThatThrownBy(() -> sales.label(1, "aws-bad")).hasMessageContaining("refuses the label aws-bad");
    }

    @Test
    void a_call_that_fails_says_nothing_about_the_calendar() {
        store.put("one");
        store.deny();
        assertThat(sales.look().latest()).isInstanceOf(Unreadable.class);
        assertThat(sales.look().good()).isInstanceOf(Unreadable.class);
    }
}
