package dev.yakin.secretrotation;

/** What a failed step leaves on the secret for people, as a tag's value. */
public final class RotationTrouble {
    /** Source: Secrets Manager API Reference, "Tag". */
    private static final int LONGEST_VALUE = 256;

    private RotationTrouble() {}

    /** Only the characters that AWS allows in tags. */
    public static String tag(String step, RotationException error) {
        var text = (step + " " + error.getMessage())
                .replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]", " ")
                .strip();
        return text.length() <= LONGEST_VALUE
                ? text
                : text.substring(0, LONGEST_VALUE).strip();
    }
}
