package dev.yakin.restoredrill.aws;

import static dev.yakin.restoredrill.TestShop.SUNDAY;
import static dev.yakin.restoredrill.TestShop.TOKYO;
import static dev.yakin.restoredrill.TestShop.WANTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.restoredrill.Drill;
import dev.yakin.restoredrill.Eyes;
import dev.yakin.restoredrill.Instances;
import dev.yakin.restoredrill.Kind;
import dev.yakin.restoredrill.Records;
import dev.yakin.restoredrill.TestShop;
import dev.yakin.restoredrill.Wanted;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import dev.yakin.shared.PlanRunner.PlanFailedException;
import dev.yakin.shared.SaleFreeze;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The real handler, look by look, over a shop with state; one of its calls may go wrong. */
final class PlayedDrill {
    private static final Set<String> STRUCK = Set.of(
            "restore",
            "addMember",
            "copyHome",
            "setCredentials",
            "delete",
            "deleteCopy",
            "keep",
            "keepRefusal",
            "saveManifest",
            "accept",
            "live",
            "restored");

    /** How a call goes wrong. */
    enum Mode {
        DIES_BEFORE,
        DIES_AFTER,
        FAILS
    }

    /** The process is gone: nothing in it catches this. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    final TestShop shop = new TestShop();
    final List<Notice> said = new ArrayList<>();
    Instant now;
    Wanted wanted = WANTED;
    SaleFreeze freeze = SaleFreeze.NONE;
    int calls;
    int strikes = -1;
    Mode mode = Mode.FAILS;

    PlayedDrill(Instant now) {
        this.now = now;
    }

    /** The live database: no drill, so the port of drills never shows it; here only to see that nobody deletes it. */
    void standsBesideTheLiveDatabase() {
        shop.drills.put("shop", live());
    }

    private static Drill live() {
        return new Drill(
                "shop", SUNDAY, Kind.SNAPSHOT, Instant.EPOCH, "live", Optional.empty(), false, Optional.empty());
    }

    void play(int looks) {
        for (var look = 0; look < looks; look++) {
            look();
            now = now.plus(Duration.ofMinutes(5));
            var live = shop.drills.remove("shop");
            shop.passTime();
            if (live != null) {
                shop.drills.put("shop", live());
            }
        }
    }

    void look() {
        var live = shop.drills.remove("shop");
        try {
            handler().look(false);
        } catch (Killed | PlanFailedException expected) {
            assertThat(strikes >= 0 || shop.refuses.isPresent() || shop.refusesMembers.isPresent())
                    .isTrue();
        } finally {
            if (live != null) {
                shop.drills.put("shop", live);
            }
        }
    }

    private RestoreDrillHandler handler() {
        var clock = Clock.fixed(now, TOKYO);
        var journal = new Journal(
                "shop-prod", "restore-drill", clock, new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
        return new RestoreDrillHandler(
                wanted,
                troubled(Instances.class, shop),
                troubled(Records.class, shop),
                troubled(Eyes.class, shop),
                () -> freeze,
                notice -> change("accept", () -> said.add(notice)),
                clock,
                journal);
    }

    /** The port with its changes counted, and one of them going wrong. */
    private <T> T troubled(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    var answer = new Object[1];
                    change(method.getName(), () -> {
                        try {
                            answer[0] = method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() instanceof RuntimeException said ? said : new IllegalStateException(e);
                        } catch (IllegalAccessException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    return answer[0];
                }));
    }

    private void change(String name, Runnable change) {
        if (!STRUCK.contains(name) || calls++ != strikes) {
            change.run();
            return;
        }
        switch (mode) {
            case DIES_BEFORE -> throw new Killed();
            case DIES_AFTER -> {
                change.run();
                throw new Killed();
            }
            case FAILS -> {
                if (name.equals("restored")) {
                    change.run(); // this port answers with its failure, it does not throw
                    return;
                }
                throw new IllegalStateException("ThrottlingException: Rate exceeded");
            }
        }
    }
}
