package dev.yakin.restoredrill.sql;

/**
 * How to get into a database.
 *
 * @param trustBundle a PEM file with the authorities that may have signed the server's certificate
 */
public record Access(String host, int port, String database, String user, String password, String trustBundle) {
    /** Without the password, which belongs into no log. */
    @Override
    public String toString() {
        return "%s@%s:%d/%s".formatted(user, host, port, database);
    }
}
