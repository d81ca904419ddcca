package dev.yakin.shared;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A journal whose lines can be read back. */
public final class TestJournal {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-26T10:00:00Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    public final Journal journal =
            new Journal("shop", "sale-scaling", CLOCK, new PrintStream(printed, true, StandardCharsets.UTF_8));

    public List<JsonObject> lines() {
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }
}
