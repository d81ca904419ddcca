package dev.yakin.restoredrill;

/**
 * One thing in which the restored database is not what it has to be.
 *
 * @param fails false for what a person should see but does not make the backup worthless
 * @param phrase {@code missing-table}, for example: names the sentence
 * @param what the thing: a table, a role
 */
public record Finding(boolean fails, String phrase, String what, String wanted, String found) {
    /** Whether people asked for it: then the question may be what is wrong. */
    boolean isCheck() {
        return phrase.equals("check");
    }

    @Override
    public String toString() {
        return "%s %s: %s, need %s".formatted(phrase, what, found, wanted);
    }
}
