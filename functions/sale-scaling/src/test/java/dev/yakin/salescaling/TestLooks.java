package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.tokyo;

import dev.yakin.shared.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks of sale scaling on fakes that keep their state, without handler or AWS. */
final class TestLooks {
    final Wanted wanted;
    final FakeFleet fleet;
    final FakeHealth health = new FakeHealth();
    final FakeRaises raises = new FakeRaises();
    final FakeSalesParameter sales = new FakeSalesParameter();
    final List<Notice> said = new ArrayList<>();

    TestLooks(String... services) {
        wanted = TestShop.wanted("en", services);
        fleet = new FakeFleet(TestShop.EVERYDAY, services);
    }

    /** A shop whose calendar was accepted long ago. */
    static TestLooks withGoodCalendar(String text, String... services) {
        var looks = new TestLooks(services);
        looks.sales.save(text, tokyo("2026-01-01T00:00"));
        looks.sales.label(1, SalesVersions.GOOD);
        return looks;
    }

    List<SaleAction> plan(String localTime) {
        return plan(tokyo(localTime));
    }

    /** What concerns bounds and people; what is left behind for later has a test of its own. */
    List<SaleAction> plan(Instant now) {
        return withoutRaises(whole(now));
    }

    List<SaleAction> whole(Instant now) {
        var watched = SaleScaling.watched(wanted, now, sales.look(), fleet.look());
        return SaleScaling.plan(
                wanted, now, new Observed(sales.look(), fleet.look(), health.look(watched), raises.look()));
    }

    /** Plans and carries out everything, what cannot be done included. */
    List<SaleAction> look(String localTime) {
        return look(tokyo(localTime));
    }

    List<SaleAction> look(Instant now) {
        var plan = whole(now);
        plan.forEach(this::apply);
        return withoutRaises(plan);
    }

    private static List<SaleAction> withoutRaises(List<SaleAction> plan) {
        return plan.stream()
                .filter(action -> !(action instanceof SaleAction.PutScheduledRaise))
                .filter(action -> !(action instanceof SaleAction.DeleteScheduledRaise))
                .toList();
    }

    private void apply(SaleAction action) {
        switch (action) {
            case SaleAction.Say say -> said.add(say.notice());
            case SaleAction.SetCapacity set -> fleet.setCapacity(set.target(), set.to());
            case SaleAction.RaiseDesiredCount raise -> fleet.setDesiredCount(raise.target(), raise.to());
            case SaleAction.LabelVersion label -> sales.label(label.version(), label.label());
            case SaleAction.RemoveLabel label -> sales.removeLabel(label.version(), label.label());
            case SaleAction.PutScheduledRaise put -> raises.put(put.raise());
            case SaleAction.DeleteScheduledRaise delete -> raises.delete(delete.raise());
            case SaleAction.RememberSaid remember -> health.remember(remember.target(), remember.said());
            case SaleAction.GiveUp giveUp -> {}
        }
    }

    /** A plan as short lines, for example {@code SetCapacity app 6..20}. */
    static List<String> lines(List<SaleAction> plan) {
        return plan.stream()
                .map(action -> switch (action) {
                    case SaleAction.Say say -> "Say " + say.notice().title();
                    case SaleAction.SetCapacity set -> "SetCapacity %s %s".formatted(set.target(), set.to());
                    case SaleAction.RaiseDesiredCount raise ->
                        "RaiseDesiredCount %s %d".formatted(raise.target(), raise.to());
                    case SaleAction.LabelVersion label ->
                        "LabelVersion %d %s".formatted(label.version(), label.label());
                    case SaleAction.RemoveLabel label -> "RemoveLabel %d %s".formatted(label.version(), label.label());
                    case SaleAction.PutScheduledRaise put ->
                        "PutScheduledRaise " + put.raise().name();
                    case SaleAction.DeleteScheduledRaise delete ->
                        "DeleteScheduledRaise " + delete.raise().name();
                    case SaleAction.RememberSaid remember ->
                        "RememberSaid %s %s".formatted(remember.target(), remember.said());
                    case SaleAction.GiveUp giveUp -> "GiveUp " + giveUp.target();
                })
                .toList();
    }

    static List<String> reasons(List<SaleAction> plan) {
        return plan.stream()
                .filter(action -> !(action instanceof SaleAction.Say))
                .map(SaleAction::reason)
                .toList();
    }
}
