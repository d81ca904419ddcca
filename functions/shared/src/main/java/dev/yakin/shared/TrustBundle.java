package dev.yakin.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The certificates that a database of RDS is trusted by, shipped with a function that logs in there: {@code
 * rds-bundle.pem}, dated in its first lines. pgjdbc reads them from a file.
 */
public final class TrustBundle {
    private TrustBundle() {}

    /**
     * The bundle as a file, which lives as long as this sandbox.
     *
     * @param handler whose zip has it: it lies in {@code dev/yakin/<function>}, beside the handler's package
     */
    public static Path file(Class<?> handler) {
        var adapters = handler.getPackageName();
        var function = adapters.substring(0, adapters.lastIndexOf('.')).replace('.', '/');
        try (var bundle = handler.getResourceAsStream("/" + function + "/rds-bundle.pem")) {
            if (bundle == null) {
                throw new IllegalStateException("the zip has no rds-bundle.pem; build it again");
            }
            return Files.write(Files.createTempFile("rds-bundle", ".pem"), bundle.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the trust bundle to the temporary folder", e);
        }
    }
}
