package dev.yakin.secretrotation;

import dev.yakin.shared.Journal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The function's work on one shop, at a time that a test chooses, with a database that can be put to sleep. */
final class TestWork {
    static final String ARN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop-AbCdEf";
    static final Instant NIGHT = Instant.parse("2026-11-24T20:00:00Z");

    private final Shop shop;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean asleep;
    boolean maySleep = true;
    Instant now = NIGHT;

    TestWork(Shop shop) {
        this.shop = shop;
    }

    String log() {
        return out.toString(StandardCharsets.UTF_8);
    }

    Journal journal() {
        return new Journal("shop", "secret-rotation", clock(), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    Database database() {
        return credentials -> {
            if (asleep) {
                throw new RotationException(Trouble.UNREACHABLE, "can't log in as " + credentials);
            }
            return shop.jdbc().login(credentials);
        };
    }

    RotationWork work() {
        return work(shop.rotation(shop.vault, database()));
    }

    RotationWork work(Rotation rotation) {
        var doctor = new Doctor(shop.vault, database(), new Roles(List.of("public")));
        return new RotationWork(
                ARN, rotation, doctor, shop.vault, Due.NEVER, new Sleep(shop.vault, maySleep, clock()), journal());
    }

    /** All steps, as Secrets Manager asks for them while none fails. */
    void rotate(String token) {
        for (var step : RotationStep.values()) {
            work().on(new RotationEvent.Step(step, ARN, token));
        }
    }

    RotationTrouble trouble() {
        return RotationTrouble.in(shop.vault.describe()).orElseThrow();
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
