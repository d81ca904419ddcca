package dev.yakin.salescaling;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What people were told about sales, so that it is told once. Only short marks of it are kept: they have to fit into one
 * tag.
 *
 * @param marks the oldest first
 */
public record Told(List<String> marks) {
    public static final Told NOTHING = new Told(List.of());

    public Told {
        marks = List.copyOf(marks);
    }

    boolean has(String key) {
        return marks.contains(mark(key));
    }

    /** Eight hexadecimal digits: of the few things of a week no two have the same. */
    public static String mark(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
