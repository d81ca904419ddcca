package dev.yakin.devshutdown.aws;

import static java.util.stream.Collectors.toMap;

import dev.yakin.devshutdown.DatabaseState;
import dev.yakin.devshutdown.PriceList;
import dev.yakin.devshutdown.Tags;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.Tag;

/** RDS instances and Aurora clusters. The instances of a cluster go with it and are none of their own. */
record RdsDatabases(RdsClient rds, PriceList prices, Limits limits, Journal journal, String stack) {
    List<DatabaseState> look() {
        var states = new ArrayList<DatabaseState>();
        rds.describeDBInstancesPaginator().dbInstances().stream()
                .filter(instance -> instance.dbClusterIdentifier() == null)
                .map(this::state)
                .filter(this::isTagged)
                .forEach(states::add);
        rds.describeDBClustersPaginator().dbClusters().stream()
                .map(this::state)
                .filter(this::isTagged)
                .forEach(states::add);
        return states;
    }

    void save(DatabaseState database, String value) {
        limits.databases().take();
        rds.addTagsToResource(request -> request.resourceName(database.arn())
                .tags(Tag.builder().key(Asleep.TAG).value(value).build()));
    }

    void forget(DatabaseState database) {
        limits.databases().take();
        rds.removeTagsFromResource(
                request -> request.resourceName(database.arn()).tagKeys(Asleep.TAG));
    }

    void stop(DatabaseState database) {
        changed(database, () -> {
            switch (database.kind()) {
                case INSTANCE -> rds.stopDBInstance(request -> request.dbInstanceIdentifier(database.name()));
                case CLUSTER -> rds.stopDBCluster(request -> request.dbClusterIdentifier(database.name()));
            }
        });
    }

    void start(DatabaseState database) {
        changed(database, () -> {
            switch (database.kind()) {
                case INSTANCE -> rds.startDBInstance(request -> request.dbInstanceIdentifier(database.name()));
                case CLUSTER -> rds.startDBCluster(request -> request.dbClusterIdentifier(database.name()));
            }
        });
    }

    /**
     * Between describing and changing, a backup may have begun, or what was described was already old (RDS's API is
     * eventually consistent): no failure, the next look finds it as it is then.
     */
    private void changed(DatabaseState database, Runnable change) {
        limits.databases().take();
        try {
            change.run();
        } catch (InvalidDbInstanceStateException | InvalidDbClusterStateException e) {
            journal.line(
                    "INFO",
                    "looked at again",
                    Map.of("database", database.name(), "cause", String.valueOf(e.getMessage())));
        }
    }

    private boolean isTagged(DatabaseState database) {
        return Tags.OFFICE_HOURS.equals(database.tags().all().get(Tags.SCHEDULE))
                && stack.equals(database.tags().all().get(Tags.STACK));
    }

    private DatabaseState state(DBInstance instance) {
        return new DatabaseState(
                instance.dbInstanceArn(),
                DatabaseState.Kind.INSTANCE,
                tags(instance.tagList()),
                instance.dbInstanceStatus(),
                prices.instance(instance.dbInstanceClass(), Boolean.TRUE.equals(instance.multiAZ())));
    }

    private DatabaseState state(DBCluster cluster) {
        var scaling = cluster.serverlessV2ScalingConfiguration();
        return new DatabaseState(
                cluster.dbClusterArn(),
                DatabaseState.Kind.CLUSTER,
                tags(cluster.tagList()),
                cluster.status(),
                scaling == null || scaling.minCapacity() == null
                        ? OptionalDouble.empty()
                        : prices.cluster(
                                scaling.minCapacity(),
                                cluster.dbClusterMembers().size()));
    }

    private static Tags tags(List<Tag> tags) {
        return new Tags(tags.stream().collect(toMap(Tag::key, Tag::value)));
    }
}
