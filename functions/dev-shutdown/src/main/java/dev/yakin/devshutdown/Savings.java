package dev.yakin.devshutdown;

import dev.yakin.devshutdown.Observed.Saved;
import java.time.Instant;

/** Reads back what the metrics of all looks add up to. */
public interface Savings {
    Saved since(Instant weekBegins, Instant monthBegins, Instant now);
}
