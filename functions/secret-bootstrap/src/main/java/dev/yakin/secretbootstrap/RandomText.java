package dev.yakin.secretbootstrap;

import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Secrets: 48 letters and digits, 285 bits. No punctuation: a password also has to survive in a connection URL, and Redis
 * takes little of it.
 */
public record RandomText(RandomGenerator chance) implements Supplier<String> {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 48;

    public static RandomText secure() {
        return new RandomText(new SecureRandom());
    }

    @Override
    public String get() {
        var text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
