package dev.yakin.devshutdown.aws;

import dev.yakin.devshutdown.DatabaseState;
import dev.yakin.devshutdown.Fleet;
import dev.yakin.devshutdown.ServiceState;
import dev.yakin.shared.Asleep;
import dev.yakin.shared.Asleep.Bounds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** The services of ECS and the databases of RDS in this account and region that opted in. */
record AwsFleet(EcsServices ecs, RdsDatabases rds, ElasticLoadBalancingV2Client balancers) implements Fleet {
    @Override
    public List<ServiceState> services() {
        ecs.prices().nextLook();
        return ecs.look();
    }

    @Override
    public List<DatabaseState> databases() {
        return rds.look();
    }

    @Override
    public Map<String, Integer> healthy(List<ServiceState> services) {
        var healthy = new HashMap<String, Integer>();
        services.forEach(service -> healthy.put(service.arn(), healthy(service)));
        return healthy;
    }

    @Override
    public void save(ServiceState service, Asleep asleep) {
        ecs.save(service, asleep);
    }

    @Override
    public void setBounds(ServiceState service, Bounds bounds) {
        ecs.targets().set(service, bounds);
    }

    @Override
    public void setDesired(ServiceState service, int desired) {
        ecs.setDesired(service, desired);
    }

    @Override
    public void forget(ServiceState service) {
        ecs.forget(service);
    }

    @Override
    public void save(DatabaseState database, String value) {
        rds.save(database, value);
    }

    @Override
    public void stop(DatabaseState database) {
        rds.stop(database);
    }

    @Override
    public void start(DatabaseState database) {
        rds.start(database);
    }

    @Override
    public void forget(DatabaseState database) {
        rds.forget(database);
    }

    private int healthy(ServiceState service) {
        return service.targetGroups().stream().mapToInt(this::healthy).min().orElse(service.running());
    }

    /** A target group that cannot be asked has no healthy task in this look: dev is not called up on a guess. */
    private int healthy(String targetGroup) {
        try {
            return (int)
                    balancers
                            .describeTargetHealth(request -> request.targetGroupArn(targetGroup))
                            .targetHealthDescriptions()
                            .stream()
                            .filter(target -> target.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                            .count();
        } catch (SdkException e) {
            return 0;
        }
    }
}
