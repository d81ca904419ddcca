package dev.yakin.restoredrill.aws;

/**
 * What a restored database looks like.
 *
 * @param database identifier of the live one
 * @param databaseName that is looked into; RDS names none for a database that was itself restored
 * @param instanceClass the smallest that fits
 * @param parameterGroup of the live database: of its instance, or of its cluster
 */
record Shape(
        String stack,
        String database,
        String databaseName,
        String instanceClass,
        String subnetGroup,
        String securityGroup,
        String parameterGroup) {}
