"""ECS and its registry, Application Auto Scaling, load balancers, service discovery."""

from __future__ import annotations

from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call


@creates("AWS::ECS::Cluster")
def cluster(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("ClusterName", resource.name())
    made = call("ecs", "create_cluster", p, rename={"ClusterSettings": "settings"})["cluster"]
    return name, {"Arn": made["clusterArn"]}


@creates("AWS::ECS::ClusterCapacityProviderAssociations", update="again")
def capacity_providers(resource: Resource, p: dict[str, Any]) -> Made:
    call("ecs", "put_cluster_capacity_providers", p)
    return p["Cluster"], {}


@creates("AWS::ECS::TaskDefinition", update="replace")
def task_definition(resource: Resource, p: dict[str, Any]) -> Made:
    # A changed definition is a new revision of the same family, so the family's name stays.
    family = resource.attributes.get("Family") or p.get("Family") or resource.name(255)
    made = call("ecs", "register_task_definition", {**p, "Family": family})["taskDefinition"]["taskDefinitionArn"]
    return made, {"TaskDefinitionArn": made, "Family": family}


def _steady(service_arn: str) -> bool:
    """CloudFormation waits until the service reaches a steady state."""
    cluster_name = service_arn.split("/")[-2]
    service = api.client("ecs").describe_services(cluster=cluster_name, services=[service_arn])["services"][0]
    return all(deployment["rolloutState"] == "COMPLETED" for deployment in service["deployments"])


def _update_service(resource: Resource, p: dict[str, Any]) -> Made | None:
    """AWS documentation: AWS::ECS::Service, "Update requires" of each property."""
    fixed = {"Cluster", "ServiceName", "LaunchType", "SchedulingStrategy", "Role"}
    changed = {key for key in {*p, *resource.properties} if p.get(key) != resource.properties.get(key)}
    replaced = fixed & changed
    if replaced:
        raise KeyError(f"{', '.join(sorted(replaced))} can't be changed without a replacement, which")
    strategy = p.get("DeploymentConfiguration", {}).get("Strategy", "ROLLING")
    if strategy != "ROLLING" and "TaskDefinition" in changed:
        raise NotEmulatedError(f"the course of a {strategy} deployment")
    wanted = {key: value for key, value in p.items() if key in changed}
    call("ecs", "update_service", {**wanted, "Cluster": p["Cluster"], "Service": resource.physical_id})
    return None


@creates("AWS::ECS::Service", update=_update_service, settled=_steady)
def service(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("ServiceName", resource.name(255))
    # Without a desired count CloudFormation asks for one task ("DesiredCount" of AWS::ECS::Service).
    p.setdefault("DesiredCount", 1)
    made = call("ecs", "create_service", p)["service"]["serviceArn"]
    return made, {"Name": name, "ServiceArn": made}


@creates("AWS::ApplicationAutoScaling::ScalableTarget", update="again")
def scalable_target(resource: Resource, p: dict[str, Any]) -> Made:
    role = (
        "aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService"
    )
    p.setdefault("RoleARN", f"arn:aws:iam::123456789012:role/{role}")
    call("application-autoscaling", "register_scalable_target", {k: v for k, v in p.items() if k != "ScheduledActions"})
    identity = {key: p[key] for key in ("ServiceNamespace", "ResourceId", "ScalableDimension")}
    for action in p.get("ScheduledActions", []):
        call("application-autoscaling", "put_scheduled_action", {**action, **identity})
    return "|".join((p["ResourceId"], p["ScalableDimension"], p["ServiceNamespace"])), {}


@creates("AWS::ApplicationAutoScaling::ScalingPolicy", update="again")
def scaling_policy(resource: Resource, p: dict[str, Any]) -> Made:
    if "ScalingTargetId" in p:
        identity = p.pop("ScalingTargetId").split("|")
        p |= dict(zip(("ResourceId", "ScalableDimension", "ServiceNamespace"), identity, strict=True))
    rename = {
        "TargetTrackingScalingPolicyConfiguration": "TargetTrackingScalingPolicyConfiguration",
        "StepScalingPolicyConfiguration": "StepScalingPolicyConfiguration",
    }
    made = call("application-autoscaling", "put_scaling_policy", p, rename)["PolicyARN"]
    return made, {"Arn": made}


@creates("AWS::ECR::Repository")
def repository(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("RepositoryName", resource.name(255, lower=True))
    lifecycle = p.pop("LifecyclePolicy", None)
    policy = p.pop("RepositoryPolicyText", None)
    made = call("ecr", "create_repository", p)["repository"]
    if lifecycle:
        call("ecr", "put_lifecycle_policy", {"RepositoryName": name, **lifecycle})
    if policy:
        call("ecr", "set_repository_policy", {"RepositoryName": name, "PolicyText": policy})
    return name, {"Arn": made["repositoryArn"], "RepositoryUri": made["repositoryUri"]}


@creates("AWS::ElasticLoadBalancingV2::LoadBalancer")
def load_balancer(resource: Resource, p: dict[str, Any]) -> Made:
    p.setdefault("Name", resource.name(32))
    attributes = p.pop("LoadBalancerAttributes", None)
    made = call("elbv2", "create_load_balancer", p)["LoadBalancers"][0]
    arn = made["LoadBalancerArn"]
    if attributes:
        call("elbv2", "modify_load_balancer_attributes", {"LoadBalancerArn": arn, "Attributes": attributes})
    return arn, {
        "LoadBalancerArn": arn,
        "DNSName": made["DNSName"],
        # "Elastic Load Balancing endpoints and quotas": the zone of Application Load Balancers in ap-northeast-1.
        "CanonicalHostedZoneID": "Z14GRHDCWA56QT",
        "LoadBalancerFullName": arn.split(":loadbalancer/")[1],
        "LoadBalancerName": made["LoadBalancerName"],
    }


@creates("AWS::ElasticLoadBalancingV2::TargetGroup")
def target_group(resource: Resource, p: dict[str, Any]) -> Made:
    p.setdefault("Name", resource.name(32))
    attributes, targets = p.pop("TargetGroupAttributes", None), p.pop("Targets", None)
    made = call("elbv2", "create_target_group", p)["TargetGroups"][0]
    arn = made["TargetGroupArn"]
    if attributes:
        call("elbv2", "modify_target_group_attributes", {"TargetGroupArn": arn, "Attributes": attributes})
    if targets:
        call("elbv2", "register_targets", {"TargetGroupArn": arn, "Targets": targets})
    return arn, {
        "TargetGroupArn": arn,
        "TargetGroupFullName": arn.split(":")[-1],
        "TargetGroupName": made["TargetGroupName"],
    }


@creates("AWS::ElasticLoadBalancingV2::Listener")
def listener(resource: Resource, p: dict[str, Any]) -> Made:
    attributes = p.pop("ListenerAttributes", None)
    made = call("elbv2", "create_listener", p)["Listeners"][0]["ListenerArn"]
    if attributes:
        call("elbv2", "modify_listener_attributes", {"ListenerArn": made, "Attributes": attributes})
    return made, {"ListenerArn": made}


@creates("AWS::ElasticLoadBalancingV2::ListenerRule")
def listener_rule(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("elbv2", "create_rule", p)["Rules"][0]["RuleArn"]
    return made, {"RuleArn": made}


@creates("AWS::ServiceDiscovery::PrivateDnsNamespace")
def namespace(resource: Resource, p: dict[str, Any]) -> Made:
    call("servicediscovery", "create_private_dns_namespace", p)
    found = api.client("servicediscovery").list_namespaces()["Namespaces"]
    made = next(namespace for namespace in found if namespace["Name"] == p["Name"])
    return made["Id"], {"Id": made["Id"], "Arn": made["Arn"]}


@creates("AWS::ServiceDiscovery::Service")
def discovery_service(resource: Resource, p: dict[str, Any]) -> Made:
    p.setdefault("Name", resource.name(127))
    made = call("servicediscovery", "create_service", p)["Service"]
    return made["Id"], {"Id": made["Id"], "Arn": made["Arn"], "Name": made["Name"]}
