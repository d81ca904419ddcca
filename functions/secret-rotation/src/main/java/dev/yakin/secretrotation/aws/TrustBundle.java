package dev.yakin.secretrotation.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The certificates that a database of RDS is trusted by, shipped with the function: {@code rds-bundle.pem}, dated in its
 * first lines. pgjdbc reads them from a file.
 */
final class TrustBundle {
    private TrustBundle() {}

    /** The bundle as a file, which lives as long as this sandbox. */
    static Path file() {
        try (var bundle = TrustBundle.class.getResourceAsStream("/dev/yakin/secretrotation/rds-bundle.pem")) {
            if (bundle == null) {
                throw new IllegalStateException("the zip has no rds-bundle.pem; build it again");
            }
            return Files.write(Files.createTempFile("rds-bundle", ".pem"), bundle.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the trust bundle to the temporary folder", e);
        }
    }
}
