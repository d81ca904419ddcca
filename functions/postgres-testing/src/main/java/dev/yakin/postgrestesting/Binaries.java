package dev.yakin.postgrestesting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked binaries of one PostgreSQL version. They are kept below the temporary folder for the next run, because a
 * server under root's control runs as another user, who may not read root's home.
 */
final class Binaries {
    private static final String ARCHIVE =
            System.getProperty("os.arch").equals("aarch64") ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz";

    private Binaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share} of the version; unpacks it where it is missing. */
    static Path of(int major) {
        try (var archive = Binaries.class.getResourceAsStream("/postgres/%d/%s".formatted(major, ARCHIVE))) {
            if (archive == null) {
                throw new IllegalStateException(
                        "no PostgreSQL %d for this machine (%s) on the class path: build functions/postgres-testing"
                                .formatted(major, ARCHIVE));
            }
            // The size stands for the minor version: another archive gets another folder.
            var home = Path.of(System.getProperty("java.io.tmpdir"))
                    .resolve("yakin-postgres-%s".formatted(System.getProperty("user.name")))
                    .resolve("%d-%d".formatted(major, archive.available()));
            return Files.isDirectory(home) ? home : unpack(archive, home);
        } catch (IOException e) {
            throw new UncheckedIOException("can't unpack PostgreSQL " + major, e);
        }
    }

    private static Path unpack(InputStream archive, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        var fresh = Files.createTempDirectory(home.getParent(), "unpacking");
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, fresh);
            }
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            return Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            return home; // another JVM was faster, with the same content
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        var path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
            throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            var executable = (entry.getMode() & 0b001_000_000) != 0;
            Files.setPosixFilePermissions(
                    path,
                    PosixFilePermissions.fromString(
                            List.of("rw-r--r--", "rwxr-xr-x").get(executable ? 1 : 0)));
        }
    }
}
