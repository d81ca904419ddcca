package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Outside;
import dev.yakin.shared.aws.Clients;
import dev.yakin.shared.aws.NoticesTopic;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The outside as it is in Lambda: AWS. What only pre-flights and open sales need is made when they need it. */
final class AwsOutside {
    private AwsOutside() {}

    static Outside of(SaleScalingSettings settings) {
        var ssm = Clients.create(SsmClient.builder());
        var parameter = settings.wanted().parameter();
        var fleet = new AutoScalingFleet(
                Clients.create(ApplicationAutoScalingClient.builder()),
                Clients.create(EcsClient.builder()),
                settings.cluster(),
                settings.services());
        var metrics = new Lazy<>(() -> Clients.create(CloudWatchClient.builder()));
        var surroundings = new Lazy<>(() -> surroundings(settings, fleet, metrics));
        var traffic = new Lazy<>(() -> new CloudWatchTraffic(
                metrics.get(),
                settings.services(),
                settings.cluster(),
                settings.around().balancer()));
        return new Outside(
                new ParameterStoreSales(ssm, parameter),
                fleet,
                new EcsHealth(fleet, Clients.create(ElasticLoadBalancingV2Client.builder())),
                new ScheduledActions(fleet),
                new ParameterMemory(ssm, parameter),
                (services, now) -> surroundings.get().look(services, now),
                (services, from, until) -> traffic.get().look(services, from, until),
                new NoticesTopic(Clients.create(SnsClient.builder()), settings.noticesTopic())::publish);
    }

    private static AwsSurroundings surroundings(
            SaleScalingSettings settings, AutoScalingFleet fleet, Lazy<CloudWatchClient> metrics) {
        var around = settings.around();
        return new AwsSurroundings(
                new TaskSizes(fleet, Clients.create(EcrClient.builder())),
                new FargateVcpus(Clients.create(ServiceQuotasClient.builder()), metrics.get()),
                new FreeAddresses(
                        Clients.http(),
                        EnvironmentVariableCredentialsProvider.create(),
                        settings.ec2().region(),
                        settings.ec2().endpoint()),
                new DatabaseState(Clients.create(RdsClient.builder()), around.database(), around.isAurora()),
                Clients.create(AcmClient.builder()),
                Clients.create(SecretsManagerClient.builder()),
                Clients.create(BudgetsClient.builder()),
                around);
    }
}
