package dev.yakin.secretrotation;

import dev.yakin.postgrestesting.RdsMaster;
import dev.yakin.shared.Journal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A shop whose secret lies in Parameter Store, with a real database and a user of its own. */
final class ParameterShop {
    static final String NAME = "/shop/prod/database-app-user";
    static final Clock NOW = Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC);
    static final Duration MONTH = Duration.ofDays(30);

    final Shop shop;
    final FakeParameters parameters;
    private final Credentials place;

    private ParameterShop(Shop shop) {
        this.shop = shop;
        this.parameters = new FakeParameters(shop.master, NOW);
        this.place = new Credentials(shop.user, "", "localhost", shop.server.port(), shop.database);
    }

    /** A new stack: secret-bootstrap has made a bare password, and the database has no such user. */
    static ParameterShop fresh(int major) {
        var made = new ParameterShop(Shop.fresh(major));
        made.parameters.create(NAME, FakeVault.password());
        return made;
    }

    /** A stack that was rotated before. */
    static ParameterShop running(int major) {
        var made = fresh(major);
        made.vault(made.parameters).seed();
        made.rotate();
        return made;
    }

    RdsMaster master() {
        return shop.master;
    }

    /** A new process of the function. */
    ParameterVault vault(Parameters calls) {
        return new ParameterVault(calls, NAME, place, MONTH, NOW);
    }

    RotationWork work(Parameters calls, Database database) {
        var vault = vault(calls);
        var journal = new Journal("shop", "secret-rotation", NOW, new PrintStream(OutputStream.nullOutputStream()));
        return new RotationWork(
                NAME,
                shop.rotation(vault, database),
                new Doctor(vault, database, new Roles(List.of("public"))),
                vault,
                vault,
                new Sleep(vault, false, NOW),
                journal);
    }

    /** A whole rotation, before its time; its services have adopted the one before. */
    void rotate() {
        adopt();
        work(parameters, shop.jdbc()).on(new RotationEvent.Look(true));
    }

    void adopt() {
        parameters.tag(NAME, SecretState.ADOPTED_TAG, String.valueOf(newest().version()));
    }

    Parameters.Stored newest() {
        return parameters.newest(NAME).orElseThrow();
    }

    /** What a task that starts now gets. */
    Credentials current() {
        return SecretText.of(newest().text()).credentials();
    }

    boolean currentLogsIn() {
        return shop.logsIn(current());
    }
}
