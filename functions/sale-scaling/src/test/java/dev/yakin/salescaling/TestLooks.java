package dev.yakin.salescaling;

import static dev.yakin.salescaling.TestShop.tokyo;

import dev.yakin.shared.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks of sale scaling on fakes that keep their state, without handler or AWS. */
final class TestLooks {
    private static final List<String> MOMENTS =
            List.of("preflight/", "at-max/", "below-max/", "errors/", "few-errors/", "report/");

    final Wanted wanted;
    final FakeFleet fleet;
    final FakeHealth health = new FakeHealth();
    final FakeRaises raises = new FakeRaises();
    final FakeSalesParameter sales = new FakeSalesParameter();
    final FakeMemory memory = new FakeMemory();
    final FakeSurroundings surroundings = new FakeSurroundings();
    final FakeTraffic traffic = new FakeTraffic();
    final List<Notice> said = new ArrayList<>();
    final Outside outside;

    TestLooks(String... services) {
        wanted = TestShop.wanted("en", services);
        fleet = new FakeFleet(TestShop.EVERYDAY, services);
        outside = new Outside(sales, fleet, health, raises, memory, surroundings, traffic, said::add);
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
        return onlyBounds(whole(now));
    }

    List<SaleAction> whole(Instant now) {
        return SaleScaling.plan(wanted, now, outside.look(wanted, now));
    }

    /** Plans and carries out everything, what cannot be done included. */
    List<SaleAction> look(String localTime) {
        return look(tokyo(localTime));
    }

    List<SaleAction> look(Instant now) {
        var plan = whole(now);
        plan.forEach(this::apply);
        return onlyBounds(plan);
    }

    private static List<SaleAction> onlyBounds(List<SaleAction> plan) {
        return plan.stream()
                .filter(action -> !(action instanceof SaleAction.PutScheduledRaise))
                .filter(action -> !(action instanceof SaleAction.DeleteScheduledRaise))
                .filter(action -> !isAboutMoments(action))
                .toList();
    }

    /** Pre-flights, warnings and reports, with what remembers them. */
    static List<SaleAction> moments(List<SaleAction> plan) {
        return plan.stream().filter(TestLooks::isAboutMoments).toList();
    }

    private static boolean isAboutMoments(SaleAction action) {
        return switch (action) {
            case SaleAction.Remember remember -> true;
            case SaleAction.Forget forget -> true;
            case SaleAction.Say say ->
                MOMENTS.stream().anyMatch(kind -> say.notice().id().startsWith("sale-scaling/shop/" + kind));
            case SaleAction.SetCapacity set -> false;
            case SaleAction.RaiseDesiredCount raise -> false;
            case SaleAction.LabelVersion label -> false;
            case SaleAction.RemoveLabel label -> false;
            case SaleAction.PutScheduledRaise put -> false;
            case SaleAction.DeleteScheduledRaise delete -> false;
            case SaleAction.RememberSaid remember -> false;
            case SaleAction.GiveUp giveUp -> false;
        };
    }

    private void apply(SaleAction action) {
        if (!(action instanceof SaleAction.GiveUp)) {
            outside.apply(action);
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
                    case SaleAction.Remember remember -> "Remember";
                    case SaleAction.Forget forget -> "Forget";
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
