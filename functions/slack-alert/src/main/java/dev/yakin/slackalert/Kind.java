package dev.yakin.slackalert;

import java.util.Optional;

/** One kind of input: says what a message means, or nothing where it is of another kind. */
interface Kind {
    Optional<Alert> read(Incoming incoming);
}
