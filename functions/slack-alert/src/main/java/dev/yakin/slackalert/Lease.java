package dev.yakin.slackalert;

import java.time.Instant;

/** Who speaks for a case, and until when at the latest: past that, whoever it was is dead. */
public record Lease(String owner, Instant until) {}
