package dev.yakin.secretrotation;

/**
 * A user of one database. Its text never shows the password, so it may stand in a log or an error.
 *
 * @param port 1 to 65535
 */
public record Credentials(String user, String password, String host, int port, String database) {
    /** The same place, another user. */
    public Credentials as(String otherUser, String otherPassword) {
        return new Credentials(otherUser, otherPassword, host, port, database);
    }

    /** A secret that names another server is not the one that we rotate. */
    public boolean isSamePlaceAs(Credentials other) {
        return host.equals(other.host) && port == other.port && database.equals(other.database);
    }

    @Override
    public String toString() {
        return "%s at %s:%d/%s".formatted(user, host, port, database);
    }
}
