package dev.yakin.restoredrill.aws;

import software.amazon.awssdk.services.rds.RdsClient;

/** The second region: only its snapshots are looked at. */
record Abroad(String region, RdsClient rds) {}
