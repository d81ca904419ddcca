package dev.yakin.secretrotation.aws;

import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;

/**
 * Whether the database is awake, in RDS's words.
 *
 * @param id of an instance or of an Aurora cluster
 */
record RdsStatus(RdsClient rds, String id) {
    String look() {
        try {
            return rds.describeDBInstances(request -> request.dbInstanceIdentifier(id)).dbInstances().stream()
                    .findFirst()
                    .map(instance -> instance.dbInstanceStatus())
                    .orElse("missing");
        } catch (DbInstanceNotFoundException _) {
            return cluster();
        }
    }

    private String cluster() {
        try {
            return rds.describeDBClusters(request -> request.dbClusterIdentifier(id)).dbClusters().stream()
                    .findFirst()
                    .map(found -> found.status())
                    .orElse("missing");
        } catch (DbClusterNotFoundException _) {
            return "missing";
        }
    }
}
