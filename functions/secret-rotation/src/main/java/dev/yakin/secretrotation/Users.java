package dev.yakin.secretrotation;

/**
 * The names of the two users that take turns, and of the role that owns what they make.
 *
 * @param base the user's own name, for example {@code app_user}
 */
public record Users(String base) {
    private static final String CLONE = "_clone";

    /** PostgreSQL cuts longer names without an error. */
    private static final int LONGEST_NAME = 63;

    public Users {
        if ((base + CLONE).length() > LONGEST_NAME) {
            throw new RotationException(
                    Trouble.SECRET,
                    "the user %s is longer than %d characters, so its clone has no name"
                            .formatted(base, LONGEST_NAME - CLONE.length()));
        }
    }

    /** The pair that a user belongs to. */
    public static Users of(String user) {
        return new Users(user.endsWith(CLONE) ? user.substring(0, user.length() - CLONE.length()) : user);
    }

    /** Whose turn it is after this one. */
    public String after(String user) {
        return user.equals(base) ? base + CLONE : base;
    }

    /** Owns every object of the shop; both users become it when they log in, and nobody logs in as it. */
    public String owner() {
        return base + "_owner";
    }
}
