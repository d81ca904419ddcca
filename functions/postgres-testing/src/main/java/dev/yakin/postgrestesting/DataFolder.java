package dev.yakin.postgrestesting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;

/** The files of one server below its folder. */
record DataFolder(Path folder) {
    static final String CA = "ca.pem";

    private static final String SETTINGS = """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            ssl = on
            ssl_cert_file = 'server.pem'
            ssl_key_file = 'server.key'
            password_encryption = 'scram-sha-256'
            log_statement = 'all'
            log_connections = on
            max_connections = 200
            # Nothing of a test has to survive a power cut.
            fsync = off
            synchronous_commit = off
            full_page_writes = off
            """;

    /** Embedded servers usually trust everybody; this one asks everybody for TLS and the right password. */
    private static final String WHO_MAY_CONNECT = """
            hostssl all all 127.0.0.1/32 scram-sha-256
            """;

    /** Makes a new cluster and returns its folder, which belongs to the user that the server runs as. */
    Path create(Path binaries, String password, Authority authority) throws IOException {
        Files.writeString(folder.resolve(CA), authority.caPem());
        var secret = Files.writeString(folder.resolve("password"), password);
        Commands.handOver(secret);
        Commands.handOver(folder);
        var data = folder.resolve("data");
        Commands.run(Commands.unprivileged(List.of(
                binaries + "/initdb",
                "-D",
                data.toString(),
                "-U",
                PostgresServer.SUPERUSER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + secret,
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync")));
        Files.delete(secret);
        write(data, "postgresql.auto.conf", SETTINGS);
        write(data, "pg_hba.conf", WHO_MAY_CONNECT);
        write(data, "server.pem", authority.serverPem());
        write(data, "server.key", authority.serverKeyPem());
        return data;
    }

    void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void write(Path data, String name, String content) throws IOException {
        var file = Files.writeString(data.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Commands.handOver(file);
    }
}
