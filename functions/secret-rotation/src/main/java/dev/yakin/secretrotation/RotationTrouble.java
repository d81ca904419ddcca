package dev.yakin.secretrotation;

import java.util.Optional;

/**
 * What a failed step leaves on the secret for people, as a tag's value, and how it is read again.
 *
 * @param kind how bad it is
 * @param text kind, step and what happened, as it stands in the tag
 */
public record RotationTrouble(Kind kind, String text) {
    /** Source: Secrets Manager API Reference, "Tag"; the same in Systems Manager. */
    private static final int LONGEST_VALUE = 256;

    /** How bad it is; the word stands first in the tag. */
    public enum Kind {
        /** The database sleeps: nothing failed, the rotation begins again when it is awake. */
        POSTPONED("postponed"),
        /** A step failed and is tried again; the shop goes on with the password in use. */
        FAILED("failed"),
        /** AWSCURRENT is refused: a task that starts now does not come up. */
        CURRENT_REFUSED("refused");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** @param step what was tried, for example {@code setSecret v3} */
    static RotationTrouble of(Kind kind, String step, RotationException error) {
        var refused = kind == Kind.CURRENT_REFUSED ? " AWSCURRENT does not log in:" : "";
        return new RotationTrouble(kind, clean(kind.word + refused + " " + step + " " + error.getMessage()));
    }

    /** What a tag says; a word that a person wrote counts as a failure. */
    public static RotationTrouble parse(String tag) {
        for (var kind : Kind.values()) {
            if (tag.startsWith(kind.word + " ")) {
                return new RotationTrouble(kind, tag);
            }
        }
        return new RotationTrouble(Kind.FAILED, tag);
    }

    public static Optional<RotationTrouble> in(SecretState state) {
        return state.trouble().map(RotationTrouble::parse);
    }

    /** Whether it was left for this step, request or version. */
    public boolean isAbout(String what) {
        return text.contains(" " + what + " ");
    }

    /** Only the characters that AWS allows in tags. */
    private static String clean(String text) {
        var allowed = text.replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]", " ").strip();
        return allowed.length() <= LONGEST_VALUE
                ? allowed
                : allowed.substring(0, LONGEST_VALUE).strip();
    }
}
