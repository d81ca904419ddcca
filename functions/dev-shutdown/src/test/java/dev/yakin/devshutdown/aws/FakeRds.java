package dev.yakin.devshutdown.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.rds.model.StartDbClusterRequest;
import software.amazon.awssdk.services.rds.model.StartDbClusterResponse;
import software.amazon.awssdk.services.rds.model.StartDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StartDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.StopDbClusterRequest;
import software.amazon.awssdk.services.rds.model.StopDbClusterResponse;
import software.amazon.awssdk.services.rds.model.StopDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StopDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * Databases that take minutes to change, that AWS starts after seven days, and whose description lags behind. Source: RDS
 * User Guide, "Stopping an Amazon RDS DB instance temporarily".
 */
final class FakeRds implements RdsClient {
    private static final String PREFIX = "arn:aws:rds:ap-northeast-1:123456789012:";
    static final Duration STOP = Duration.ofMinutes(4);
    static final Duration START = Duration.ofMinutes(8);

    record Was(Instant since, String status) {}

    static final class Fake {
        final Map<String, String> tags = new TreeMap<>();
        final List<Was> history = new ArrayList<>();
        Instant changes = Instant.MAX;
        String becomes = "";

        String status() {
            return history.getLast().status();
        }

        String state() {
            return status() + " " + tags;
        }
    }

    final Map<String, Fake> databases = new TreeMap<>();
    final FakeWorld world;

    /** How old a description may be: RDS's API is eventually consistent. */
    Duration lag = Duration.ZERO;

    FakeRds(FakeWorld world) {
        this.world = world;
    }

    Fake add(String kindAndName, String status, Map<String, String> tags) {
        var fake = new Fake();
        fake.history.add(new Was(Instant.EPOCH, status));
        fake.tags.putAll(tags);
        databases.put(PREFIX + kindAndName, fake);
        return fake;
    }

    Fake get(String kindAndName) {
        return known(PREFIX + kindAndName);
    }

    private Fake known(String arn) {
        return Objects.requireNonNull(databases.get(arn), arn);
    }

    /** True when something happened of which RDS sends an event: stopped, started, started by force. */
    boolean tick() {
        var happened = false;
        for (var fake : databases.values()) {
            if (!fake.changes.isAfter(world.now)) {
                fake.history.add(new Was(world.now, fake.becomes));
                fake.changes = Instant.MAX;
                happened = true;
            }
            var isOver =
                    !fake.history.getLast().since().plus(Duration.ofDays(7)).isAfter(world.now);
            if (fake.status().equals("stopped") && isOver && fake.history.size() > 1) {
                begin(fake, "starting", "available", START);
                happened = true;
            }
        }
        return happened;
    }

    void start(Fake fake) {
        begin(fake, "starting", "available", START);
    }

    private void begin(Fake fake, String during, String then, Duration lasts) {
        fake.history.add(new Was(world.now, during));
        fake.becomes = then;
        fake.changes = world.now.plus(lasts);
    }

    private void change(String name, String from, String during, String then, Duration lasts) {
        tick();
        var fake = get(name);
        if (!fake.status().equals(from)) {
            throw InvalidDbInstanceStateException.builder()
                    .message("Instance %s is not in %s state.".formatted(name, from))
                    .build();
        }
        begin(fake, during, then, lasts);
    }

    private String described(Fake fake) {
        var seen = world.now.minus(lag);
        return fake.history.reversed().stream()
                .filter(was -> !was.since().isAfter(seen))
                .findFirst()
                .orElseThrow()
                .status();
    }

    @Override
    public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
        return world.call("rds:DescribeDBInstances", () -> {
            tick();
            var found = new ArrayList<DBInstance>();
            databases.forEach((arn, fake) -> {
                if (arn.startsWith(PREFIX + "db:")) {
                    found.add(DBInstance.builder()
                            .dbInstanceArn(arn)
                            .dbInstanceStatus(described(fake))
                            .dbInstanceClass("db.t4g.micro")
                            .tagList(tags(fake))
                            .build());
                }
            });
            return DescribeDbInstancesResponse.builder().dbInstances(found).build();
        });
    }

    @Override
    public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
        return world.call("rds:DescribeDBClusters", () -> {
            tick();
            var found = new ArrayList<DBCluster>();
            databases.forEach((arn, fake) -> {
                if (arn.startsWith(PREFIX + "cluster:")) {
                    found.add(DBCluster.builder()
                            .dbClusterArn(arn)
                            .status(described(fake))
                            .tagList(tags(fake))
                            .build());
                }
            });
            return DescribeDbClustersResponse.builder().dbClusters(found).build();
        });
    }

    @Override
    public StopDbInstanceResponse stopDBInstance(StopDbInstanceRequest request) {
        return world.call("rds:StopDBInstance", () -> {
            change("db:" + request.dbInstanceIdentifier(), "available", "stopping", "stopped", STOP);
            return StopDbInstanceResponse.builder().build();
        });
    }

    @Override
    public StartDbInstanceResponse startDBInstance(StartDbInstanceRequest request) {
        return world.call("rds:StartDBInstance", () -> {
            change("db:" + request.dbInstanceIdentifier(), "stopped", "starting", "available", START);
            return StartDbInstanceResponse.builder().build();
        });
    }

    @Override
    public StopDbClusterResponse stopDBCluster(StopDbClusterRequest request) {
        return world.call("rds:StopDBCluster", () -> {
            change("cluster:" + request.dbClusterIdentifier(), "available", "stopping", "stopped", STOP);
            return StopDbClusterResponse.builder().build();
        });
    }

    @Override
    public StartDbClusterResponse startDBCluster(StartDbClusterRequest request) {
        return world.call("rds:StartDBCluster", () -> {
            change("cluster:" + request.dbClusterIdentifier(), "stopped", "starting", "available", START);
            return StartDbClusterResponse.builder().build();
        });
    }

    @Override
    public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
        return world.call("rds:AddTagsToResource", () -> {
            request.tags().forEach(tag -> known(request.resourceName()).tags.put(tag.key(), tag.value()));
            return AddTagsToResourceResponse.builder().build();
        });
    }

    @Override
    public RemoveTagsFromResourceResponse removeTagsFromResource(RemoveTagsFromResourceRequest request) {
        return world.call("rds:RemoveTagsFromResource", () -> {
            request.tagKeys().forEach(key -> known(request.resourceName()).tags.remove(key));
            return RemoveTagsFromResourceResponse.builder().build();
        });
    }

    private static List<Tag> tags(Fake fake) {
        return fake.tags.entrySet().stream()
                .map(entry -> Tag.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }

    @Override
    public String serviceName() {
        return "rds";
    }

    @Override
    public void close() {}
}
