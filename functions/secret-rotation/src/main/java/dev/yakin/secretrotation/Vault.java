package dev.yakin.secretrotation;

import java.util.Optional;

/** Where the secret is kept: each method is one call. Secrets Manager's words for versions and stages. */
public interface Vault {
    String CURRENT = "AWSCURRENT";
    String PENDING = "AWSPENDING";
    String PREVIOUS = "AWSPREVIOUS";

    SecretState describe();

    /** The content of a version; empty where the version is there but has none yet. */
    Optional<String> value(String version);

    /** The master user, who may do to the app's users what they may not do themselves. */
    String master();

    /** A password of letters and digits only: it also stands in connection URLs. */
    String newPassword();

    /** Writes the version's content and marks it as pending. The same again is no error, another content is one. */
    void putPending(String version, String text);

    /** Makes another version the current one; the one before becomes {@link #PREVIOUS} by itself. */
    void makeCurrent(String version, String before);

    void removePending(String version);

    /** Writes down on the secret what is wrong with its rotation, for people; at most 256 characters count. */
    void noteTrouble(String trouble);

    void forgetTrouble();
}
