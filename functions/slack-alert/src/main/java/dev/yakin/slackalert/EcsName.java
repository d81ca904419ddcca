package dev.yakin.slackalert;

/** A service or task of an ECS cluster, by its ARN {@code …:service/cluster/name}; parts that it lacks are empty. */
record EcsName(String cluster, String name) {
    static EcsName ofService(String arn) {
        var parts = arn.substring(arn.lastIndexOf(':') + 1).split("/", -1);
        return switch (parts.length) {
            case 3 -> new EcsName(parts[1], parts[2]);
            case 2 -> new EcsName("", parts[1]);
            default -> new EcsName("", arn);
        };
    }

    static String lastPart(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return cluster.isEmpty() ? name : cluster + "/" + name;
    }
}
