package dev.yakin.devshutdown.aws;

import dev.yakin.devshutdown.Fleet;
import dev.yakin.devshutdown.Notebook;
import dev.yakin.devshutdown.PriceList;
import dev.yakin.devshutdown.Savings;
import dev.yakin.shared.Journal;
import dev.yakin.shared.Notice;
import dev.yakin.shared.aws.Clients;
import dev.yakin.shared.aws.NoticesTopic;
import java.time.Clock;
import java.util.function.Consumer;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Everything outside that the function needs. */
record Outside(Fleet fleet, Notebook notebook, Savings savings, Consumer<Notice> notices) {
    static Outside aws(DevShutdownSettings settings, String function, Clock clock, Journal journal) {
        var stack = settings.wanted().stack();
        var prices = PriceList.packaged();
        var limits = Limits.of(clock, Pause::of);
        var ecs = Clients.create(EcsClient.builder());
        return new Outside(
                new AwsFleet(
                        new EcsServices(
                                ecs,
                                new ScalableTargets(
                                        Clients.create(ApplicationAutoScalingClient.builder()), limits.scaling()),
                                Clients.create(ResourceGroupsTaggingApiClient.builder()),
                                new TaskPrices(ecs, prices),
                                limits,
                                stack),
                        new RdsDatabases(Clients.create(RdsClient.builder()), prices, limits, journal, stack),
                        Clients.create(ElasticLoadBalancingV2Client.builder())),
                new ParameterNotebook(
                        Clients.create(SsmClient.builder()),
                        settings.wanted().keepAwakeParameter(),
                        settings.notebookParameter()),
                new MetricSavings(Clients.create(CloudWatchClient.builder()), stack, function, prices.asOf()),
                new NoticesTopic(Clients.create(SnsClient.builder()), settings.noticesTopic())::publish);
    }
}
