package dev.yakin.rehearsal.jvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The rehearsal's time: eight bytes of a file that the player writes and every JVM maps, big-endian milliseconds since
 * 1970 ({@code rehearsal/aws/clock.py}). The player moves it only while no function runs.
 */
public final class SharedFileClock extends Clock {
    private static volatile @Nullable SharedFileClock opened;

    private final ByteBuffer shared;
    private final ZoneId zone;

    private SharedFileClock(ByteBuffer shared, ZoneId zone) {
        this.shared = shared;
        this.zone = zone;
    }

    /** Maps the file; from now on {@link #systemUTC()} answers with it. */
    static void open(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < Long.BYTES) {
                throw new IOException("%s has %d bytes, need 8".formatted(file, channel.size()));
            }
            var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, Long.BYTES);
            opened = new SharedFileClock(mapped.order(ByteOrder.BIG_ENDIAN), ZoneOffset.UTC);
        }
    }

    /** What production code calls in place of {@link Clock#systemUTC()}, once the agent has rewritten it. */
    public static Clock systemUTC() {
        var clock = opened;
        if (clock == null) {
            throw new IllegalStateException("the clock agent was not started: no file was opened");
        }
        return clock;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SharedFileClock(shared, other);
    }

    @Override
    public long millis() {
        return shared.getLong(0);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }
}
