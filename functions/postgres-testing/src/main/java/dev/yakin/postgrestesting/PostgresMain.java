package dev.yakin.postgrestesting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A server for a process that is not Java: the rehearsal. It prints port, superuser's password and trust bundle, separated
 * by tabs. Then each line on standard input is a statement, {@code database TAB user TAB password TAB sql}, answered by
 * {@code ok} or {@code error SQLSTATE}. The server ends with its standard input.
 */
public final class PostgresMain {
    private static final Pattern TAB = Pattern.compile("\t");
    private static final int FIELDS = 4;

    private PostgresMain() {}

    /** @param arguments the version and the names that the certificate is valid for */
    public static void main(String[] arguments) throws IOException {
        var hosts = Arrays.copyOfRange(arguments, 1, arguments.length);
        try (var server = PostgresServer.start(Integer.parseInt(arguments[0]), hosts);
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(server.port() + "\t" + server.password() + "\t" + server.trustBundle());
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(answer(server, TAB.split(line, FIELDS)));
            }
        }
    }

    private static String answer(PostgresServer server, String[] fields) {
        try (var connection = server.connect(fields[0], fields[1], fields[2]);
                var statement = connection.createStatement()) {
            statement.execute(fields[3]);
            return "ok";
        } catch (SQLException e) {
            return "error " + e.getSQLState();
        }
    }
}
