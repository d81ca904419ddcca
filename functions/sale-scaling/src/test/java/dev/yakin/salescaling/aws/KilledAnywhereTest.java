package dev.yakin.salescaling.aws;

import static dev.yakin.salescaling.TestShop.calendar;
import static dev.yakin.salescaling.TestShop.sale;
import static dev.yakin.salescaling.TestShop.tokyo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.salescaling.SalesVersions;
import dev.yakin.shared.PlanRunner.PlanFailedException;
import dev.yakin.shared.calendar.Capacity;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The function dies between any two changes of a look, or any one change fails. The next look, five minutes later and in
 * a new process, leaves the same state behind, and everything was said.
 */
class KilledAnywhereTest {
    private static final String WINTER = calendar(sale("winter", "2026-12-26T20:00", "2026-12-27T00:00"));

    /** Where a look has several things to do. */
    record Scene(String name, String time, Consumer<TestStack> before) {
        TestStack set() {
            var stack = new TestStack();
            stack.sales.save(WINTER, tokyo("2026-12-01T00:00"));
            stack.sales.label(1, SalesVersions.GOOD);
            before.accept(stack);
            stack.said.clear();
            return stack;
        }

        private String nextLook() {
            return LocalDateTime.parse(time).plusMinutes(5).toString();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Scene> scenes() {
        return List.of(
                new Scene("the warm-up begins", "2026-12-26T19:00", _ -> {}),
                new Scene("the sale is over", "2026-12-27T00:00", stack -> stack.look("2026-12-26T19:00")),
                new Scene("a new calendar during its warm-up", "2026-12-26T19:30", stack -> {
                    stack.sales.delete();
                    stack.sales.save(WINTER, tokyo("2026-12-26T19:25"));
                }),
                new Scene("a deploy resets a min and a hand lowers a count", "2026-12-26T21:00", stack -> {
                    stack.look("2026-12-26T19:00");
                    stack.fleet.setCapacity(TestStack.APP, new Capacity(2, 20));
                    stack.fleet.setDesiredCount(TestStack.WORKER, 1);
                }),
                new Scene(
                        "a bad calendar when the warm-up begins",
                        "2026-12-26T19:00",
                        stack -> stack.sales.save("{", tokyo("2026-12-26T18:59"))),
                new Scene("the tasks of a sale are not there", "2026-12-26T19:30", stack -> {
                    stack.look("2026-12-26T19:00");
                    stack.health.tasks(TestStack.APP, 6, 2);
                    stack.health.tasks(TestStack.WORKER, 2, 2);
                }),
                new Scene("the tasks of a sale are there at last", "2026-12-26T19:40", stack -> {
                    stack.look("2026-12-26T19:00");
                    stack.health.tasks(TestStack.APP, 2, 2);
                    stack.health.tasks(TestStack.WORKER, 6, 6);
                    stack.look("2026-12-26T19:30");
                    stack.health.tasks(TestStack.APP, 6, 6);
                }),
                new Scene("a pre-flight finds something bad", "2026-12-25T20:00", stack -> stack.surroundings.spoil()),
                new Scene("a pre-flight finds it repaired", "2026-12-26T19:00", stack -> {
                    stack.surroundings.spoil();
                    stack.look("2026-12-25T20:00");
                    stack.surroundings.repair();
                }),
                new Scene("a sale is at its max and fails", "2026-12-26T21:00", stack -> {
                    stack.look("2026-12-26T19:00");
                    stack.traffic.crowd();
                }),
                new Scene("it is neither any more", "2026-12-26T22:00", stack -> {
                    stack.look("2026-12-26T19:00");
                    stack.traffic.crowd();
                    stack.look("2026-12-26T21:00");
                    stack.traffic.leave();
                }),
                new Scene("a correction cancels the sale", "2026-12-26T21:30", stack -> {
                    stack.look("2026-12-26T19:00");
                    stack.sales.save("{", tokyo("2026-12-26T21:00"));
                    stack.look("2026-12-26T21:00");
                    stack.sales.save("{\"sales\": []}", tokyo("2026-12-26T21:30"));
                }));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void a_look_that_dies_before_or_after_any_change_is_finished_by_the_next(Scene scene) {
        var smooth = scene.set();
        var changes = changes(smooth, scene);
        assertThat(changes).isGreaterThan(2);
        for (var at = 0; at < changes; at++) {
            for (var kind : new Trouble.Kind[] {Trouble.Kind.DIES_BEFORE, Trouble.Kind.DIES_AFTER}) {
                var stack = scene.set();
                lookWith(stack, scene, new Trouble(kind, at));
                stack.look(scene.nextLook());
                assertThat(stack.state()).as("%s at change %d", kind, at).isEqualTo(smooth.state());
                assertThat(stack.saidIds()).as("%s at change %d", kind, at).containsAll(smooth.saidIds());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void a_change_that_fails_does_not_stop_the_others_and_is_made_by_the_next_look(Scene scene) {
        var smooth = scene.set();
        var changes = changes(smooth, scene);
        for (var at = 0; at < changes; at++) {
            var stack = scene.set();
            lookWith(stack, scene, new Trouble(Trouble.Kind.FAILS, at));
            stack.look(scene.nextLook());
            assertThat(stack.state()).as("failed at change %d", at).isEqualTo(smooth.state());
        }
    }

    private static int changes(TestStack stack, Scene scene) {
        var none = Trouble.none();
        stack.handler(scene.time, none).look(false);
        return none.count();
    }

    private static void lookWith(TestStack stack, Scene scene, Trouble trouble) {
        try {
            stack.handler(scene.time, trouble).look(false);
            assertThat(trouble.count()).as("the trouble must strike").isZero();
        } catch (Trouble.Killed | PlanFailedException expected) {
            assertThat(trouble.count()).isPositive();
        }
    }
}
