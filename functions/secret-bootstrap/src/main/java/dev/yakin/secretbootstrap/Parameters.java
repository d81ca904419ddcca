package dev.yakin.secretbootstrap;

import java.util.Optional;

/** The store of secrets. It is never asked for a value. */
public interface Parameters {
    /** A parameter that is there. */
    record Found(String arn, boolean secret) {}

    /** Without its value; empty when there is none of this name. */
    Optional<Found> look(String name);

    /** Makes a secret parameter. One that is there by now, whoever made it, is left as it is. */
    void create(String name, String value);
}
