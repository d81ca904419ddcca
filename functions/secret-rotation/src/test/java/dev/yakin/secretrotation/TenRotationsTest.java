package dev.yakin.secretrotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tasks that read the secret when they start and connect again and again, through ten rotations with adoption; beside
 * the same load on the order of calls of AWS's reference rotation for a single user.
 */
class TenRotationsTest {
    private static final int TASKS = 2;
    private static final int ROTATIONS = 10;

    @Test
    void no_login_fails_and_the_reference_loses_some() {
        var ours = Shop.running(17);
        var our = load(ours, ours::rotate);
        var theirs = Shop.running(17);
        var their = load(theirs, () -> referenceRotation(theirs));
        System.out.printf(
                "%d rotations, %d tasks: alternating %s; single user as the reference %s%n",
                ROTATIONS, TASKS, our, their);
        assertThat(our.failed()).isZero();
        assertThat(their.failed()).isPositive();
    }

    private record Count(int logins, int failed) {
        @Override
        public String toString() {
            return "%d logins, %d failed".formatted(logins, failed);
        }
    }

    private static Count load(Shop shop, Runnable rotation) {
        var logins = new AtomicInteger();
        var failed = new AtomicInteger();
        var running = start(shop, logins, failed);
        for (int i = 0; i < ROTATIONS; i++) {
            rotation.run();
            // Adoption as ECS deploys: the new tasks are up before the old ones leave, which have worked until then.
            running.forEach(Task::connectsOnceMore);
            var next = start(shop, logins, failed);
            running.forEach(Task::stop);
            running = next;
        }
        running.forEach(Task::stop);
        return new Count(logins.get(), failed.get());
    }

    private static List<Task> start(Shop shop, AtomicInteger logins, AtomicInteger failed) {
        var secret = shop.vault.current();
        var tasks = new ArrayList<Task>();
        IntStream.range(0, TASKS).forEach(_ -> tasks.add(new Task(shop, secret, logins, failed)));
        tasks.forEach(Task::connectsOnceMore);
        return tasks;
    }

    /** The reference's calls in its order: the password first, the label after. */
    private static void referenceRotation(Shop shop) {
        var token = shop.vault.rotate();
        var current = shop.vault.current();
        var text =
                SecretText.of(shop.vault.value(shop.vault.describe().current()).orElseThrow());
        shop.vault.putPending(token, text.with(current.user(), shop.vault.newPassword()));
        var pending = SecretText.of(shop.vault.value(token).orElseThrow()).credentials();
        shop.server.setPassword(pending.user(), pending.password());
        assertThat(shop.logsIn(pending)).isTrue();
        shop.vault.makeCurrent(token, shop.vault.describe().current());
        shop.vault.removePending(token);
    }

    /** A container: it reads its secret once. */
    private static final class Task {
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicReference<CountDownLatch> next = new AtomicReference<>(new CountDownLatch(0));
        private final Thread thread;

        Task(Shop shop, Credentials secret, AtomicInteger logins, AtomicInteger failed) {
            thread = Thread.ofPlatform().start(() -> {
                while (!isOver.get()) {
                    var latch = next.get();
                    if (shop.logsIn(secret)) {
                        logins.incrementAndGet();
                    } else {
                        failed.incrementAndGet();
                    }
                    latch.countDown();
                }
            });
        }

        /** Returns when a login that began after this call has ended. */
        void connectsOnceMore() {
            var latch = new CountDownLatch(1);
            next.set(latch);
            await(latch);
        }

        void stop() {
            isOver.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
