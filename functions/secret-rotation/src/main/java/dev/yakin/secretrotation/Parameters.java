package dev.yakin.secretrotation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the vault asks of Parameter Store, and of Secrets Manager beside it. Each method is one call. */
public interface Parameters {
    /**
     * One version of a parameter.
     *
     * @param version from 1 on, each one more than the one before
     */
    record Stored(String text, long version, Instant changed) {}

    /** The newest version, decrypted: what a task that starts now gets. */
    Optional<Stored> newest(String name);

    Optional<Stored> version(String name, long version);

    /** The names of the parameters below a path. */
    Set<String> below(String path);

    /** Makes a parameter. @return false when there is one already, which stays as it is */
    boolean create(String name, String text);

    /** Gives a parameter a newer version. */
    void overwrite(String name, String text);

    /** Nothing where there is none. */
    void delete(String name);

    Map<String, String> tags(String name);

    void tag(String name, String key, String value);

    void untag(String name, String key);

    /** The master user's secret, which RDS keeps in Secrets Manager in any case. */
    String master();

    String newPassword();
}
