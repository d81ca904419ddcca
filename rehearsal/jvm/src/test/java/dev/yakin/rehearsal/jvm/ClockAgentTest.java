package dev.yakin.rehearsal.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockAgentTest {
    private static final Instant SALE_OPENS = Instant.parse("2026-12-26T11:00:00.123Z");

    @TempDir
    private Path directory;

    private Path file = Path.of("clock");

    @BeforeEach
    void the_player_writes_the_time() throws IOException {
        file = directory.resolve("clock");
        write(SALE_OPENS);
        SharedFileClock.open(file);
    }

    @Test
    void production_code_sees_the_rehearsals_time() {
        assertThat(load(Production.AsksTheClock.class).get()).isEqualTo(SALE_OPENS);
    }

    @Test
    void it_sees_the_player_move_the_time() throws IOException {
        var production = load(Production.AsksTheClock.class);
        write(SALE_OPENS.plusSeconds(60));
        assertThat(production.get()).isEqualTo(SALE_OPENS.plusSeconds(60));
    }

    @Test
    void a_clock_in_another_zone_tells_the_same_instant() {
        var tokyo = SharedFileClock.systemUTC().withZone(ZoneOffset.ofHours(9));
        assertThat(LocalDate.ofInstant(tokyo.instant(), tokyo.getZone())).isEqualTo("2026-12-26");
        assertThat(tokyo.getZone()).isEqualTo(ZoneOffset.ofHours(9));
    }

    @Test
    void a_class_without_time_stays_as_it_is() throws IOException {
        assertThat(rewriter().rewrite(bytes(Production.NeedsNoTime.class))).isNull();
    }

    @Test
    void a_time_with_the_injected_clock_is_welcome() throws IOException {
        assertThat(rewriter().rewrite(bytes(Production.AsksTheInjectedClock.class)))
                .isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            classes = {
                Production.AsksTheMachine.class,
                Production.AsksForAnInstant.class,
                Production.AsksForADate.class,
                Production.AsksForAnOldDate.class,
                Production.AsksForACalendar.class,
                Production.AsksForTicks.class,
                Production.RefersToTheClock.class,
                Production.HasAnInitializer.class
            })
    void any_other_time_is_refused_with_the_place_and_the_reason(Class<?> production) {
        assertThatThrownBy(() -> load(production))
                .isInstanceOf(ExceptionInInitializerError.class)
                .cause()
                .hasMessageContaining(production.getName() + " reads the time by ")
                .hasMessageContaining("docs/decisions/0003");
    }

    @Test
    void a_file_that_is_too_short_stops_the_start() throws IOException {
        Files.write(file, new byte[7]);
        assertThatThrownBy(() -> SharedFileClock.open(file)).hasMessageContaining("has 7 bytes, need 8");
    }

    private void write(Instant time) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, time.toEpochMilli()));
        }
    }

    private static ClockRewriter rewriter() {
        return new ClockRewriter(ClockAgentTest.class.getClassLoader());
    }

    private static byte[] bytes(Class<?> production) throws IOException {
        var resource = "/" + production.getName().replace('.', '/') + ".class";
        try (var stream = production.getResourceAsStream(resource)) {
            return Objects.requireNonNull(stream).readAllBytes();
        }
    }

    /** Loads the class as the agent would have it, and initializes it. */
    @SuppressWarnings("unchecked")
    private static Supplier<Object> load(Class<?> production) {
        var loader = new ClassLoader(ClockAgentTest.class.getClassLoader()) {
            Class<?> define() throws IOException {
                var original = bytes(production);
                var rewritten = rewriter().rewrite(original);
                var bytes = rewritten == null ? original : rewritten;
                return defineClass(production.getName(), bytes, 0, bytes.length);
            }
        };
        try {
            return (Supplier<Object>) loader.define().getDeclaredConstructor().newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
