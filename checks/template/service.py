"""Load balancer, ECS service and its scaling."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD, STAGING

# AWS documentation: "Security policies for your Application Load Balancer"; those with TLS 1.2 as the least.
TLS_1_2 = {"ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"}

ON_DEMAND = [{"CapacityProvider": "FARGATE", "Base": 2, "Weight": 1}]
OVERFLOW = [*ON_DEMAND, {"CapacityProvider": "FARGATE_SPOT", "Base": 0, "Weight": 4}]
ALL_SPOT = [{"CapacityProvider": "FARGATE_SPOT", "Base": 0, "Weight": 1}]

# AWS documentation: "Amazon ECS deployment controllers and strategies"; the circuit breaker is for rolling deployments.
ROLLING = {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}
BACK = {"Alarms": {"AlarmNames": ["<AlbErrorsCriticalAlarm>"], "Enable": True, "Rollback": True}}
SHIFTING = {
    "BLUE_GREEN": {**BACK, "BakeTimeInMinutes": 10},
    "CANARY": {
        **BACK,
        "BakeTimeInMinutes": 10,
        "CanaryConfiguration": {"CanaryPercent": 10, "CanaryBakeTimeInMinutes": 10},
    },
    "LINEAR": {
        **BACK,
        "BakeTimeInMinutes": 10,
        "LinearConfiguration": {"StepPercent": 20, "StepBakeTimeInMinutes": 5},
    },
}

LOOKS_SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|KEY|URL|CREDENTIAL")


ONLY_SHIFTING = ("AlbAlternateTargetGroup", "AlbProductionRule", "EcsTrafficRole")


@rule
def load_balancer_faces_the_internet_from_both_public_subnets(template: Template) -> Iterator[Finding]:
    for name, protected in (("prod", "true"), ("dev", "false")):
        alb = template.stack(ALL[name])["AlbLoadBalancer"]
        wanted = {
            "Scheme": "internet-facing",
            "Type": "application",
            "IpAddressType": "ipv4",
            "Subnets": ["<NetworkPublicSubnetA>", "<NetworkPublicSubnetB>"],
            "SecurityGroups": ["<AlbSecurityGroup>"],
        }
        yield from differences(wanted, alb, f"{name} AlbLoadBalancer")
        attributes = {entry["Key"]: entry["Value"] for entry in alb.get("LoadBalancerAttributes", [])}
        wanted = {
            "routing.http2.enabled": "true",
            "routing.http.drop_invalid_header_fields.enabled": "true",
            "deletion_protection.enabled": protected,
            "access_logs.s3.enabled": "true",
            "access_logs.s3.bucket": "<AlbLogBucket>",
            "access_logs.s3.prefix": "alb",
        }
        yield from differences(wanted, attributes, f"{name} AlbLoadBalancer")


@rule
def health_check_finds_a_dead_task_within_30_seconds(template: Template) -> Iterator[Finding]:
    wanted = {
        "TargetType": "ip",
        "Port": 8080,
        "Protocol": "HTTP",
        "HealthCheckPath": "/health",
        "HealthCheckIntervalSeconds": 10,
        "HealthCheckTimeoutSeconds": 5,
        "HealthyThresholdCount": 2,
        "UnhealthyThresholdCount": 3,
        "Matcher": {"HttpCode": "200"},
    }
    yield from differences(wanted, template.stack(PROD)["AlbTargetGroup"], "AlbTargetGroup")


@rule
def http_only_redirects_where_there_is_a_certificate(template: Template) -> Iterator[Finding]:
    secure = template.stack(PROD)
    redirect = {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
    if secure["AlbHttpListener"].get("DefaultActions") != [{"Type": "redirect", "RedirectConfig": redirect}]:
        yield f"port 80 does {secure['AlbHttpListener'].get('DefaultActions')}"
    https = secure["AlbHttpsListener"]
    yield from differences({"Port": 443, "Protocol": "HTTPS"}, https, "AlbHttpsListener")
    if https.get("SslPolicy") not in TLS_1_2:
        yield f"AlbHttpsListener takes {https.get('SslPolicy')}, which is older than TLS 1.2"
    plain = template.stack(DEV)
    if plain["AlbHttpsListener"]:
        yield "there is an HTTPS listener without a certificate"
    if [action["Type"] for action in plain["AlbHttpListener"].get("DefaultActions", [])] != ["forward"]:
        yield "without a certificate port 80 must forward"


@rule
def service_waits_for_the_listener_that_serves_it(template: Template) -> Iterator[Finding]:
    for parameters, listener in ((PROD, "<AlbHttpsListener>"), (DEV, "<AlbHttpListener>")):
        if listener not in [tag["Value"] for tag in template.stack(parameters)["EcsService"].get("Tags", [])]:
            yield f"nothing ties EcsService to {listener}"


@rule
def task_fits_its_environment(template: Template) -> Iterator[Finding]:
    own = ALL["prod with its own choices"]
    for parameters, cpu, memory in (
        (PROD, "512", "1024"),
        (STAGING, "512", "1024"),
        (DEV, "256", "512"),
        (own, "1024", "2048"),
    ):
        wanted = {"Cpu": cpu, "Memory": memory, "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"]}
        yield from differences(wanted, template.stack(parameters)["EcsTaskDefinition"], parameters["EnvironmentName"])


@rule
def container_carries_no_secret_in_the_open(template: Template) -> Iterator[Finding]:
    for container in template.stack(PROD)["EcsTaskDefinition"].get("ContainerDefinitions", []):
        for entry in container.get("Environment", []):
            if LOOKS_SECRET.search(entry["Name"]):
                yield f"{container['Name']} has {entry['Name']} in its plain environment"
        secrets = {secret["Name"]: secret["ValueFrom"] for secret in container.get("Secrets", [])}
        wanted = {
            "DB_USERNAME": "<DatabaseAppSecret>:username::",
            "DB_PASSWORD": "<DatabaseAppSecret>:password::",
        }
        yield from differences(wanted, secrets, f"secrets of {container['Name']}")


@rule
def container_logs_and_stops_in_order(template: Template) -> Iterator[Finding]:
    for container in template.stack(PROD)["EcsTaskDefinition"].get("ContainerDefinitions", []):
        logs = container.get("LogConfiguration", {})
        wanted = {"awslogs-group": "<EcsLogGroup>", "awslogs-region": "ap-northeast-1", "awslogs-stream-prefix": "ecs"}
        yield from differences(wanted, logs.get("Options", {}), f"log of {container['Name']}")
        delay = next(
            int(attribute["Value"])
            for attribute in template.stack(PROD)["AlbTargetGroup"]["TargetGroupAttributes"]
            if attribute["Key"] == "deregistration_delay.timeout_seconds"
        )
        if not delay < container.get("StopTimeout", 30) <= 120:
            yield f"{container['Name']} stops after {container.get('StopTimeout')} s, the load balancer after {delay}"
        if "HealthCheck" in container:
            yield f"{container['Name']} has a health check of its own; the image may lack the command for it"


@rule
def service_rolls_out_safely_and_leaves_the_count_to_autoscaling(template: Template) -> Iterator[Finding]:
    for name, parameters in ALL.items():
        service = template.stack(parameters)["EcsService"]
        for key in ("DesiredCount", "LaunchType"):
            if key in service:
                yield f"{name}: EcsService sets {key}"
        wanted = {
            "DeploymentConfiguration": {
                "Strategy": parameters.get("DeploymentStrategy", "ROLLING"),
                "MinimumHealthyPercent": 100,
                "MaximumPercent": 200,
                **(SHIFTING[parameters["DeploymentStrategy"]] if "DeploymentStrategy" in parameters else ROLLING),
            },
            "HealthCheckGracePeriodSeconds": 60,
            "PlatformVersion": "LATEST",
        }
        yield from differences(wanted, service, f"{name}: EcsService")
        wanted = {
            "AssignPublicIp": "DISABLED",
            "SecurityGroups": ["<EcsSecurityGroup>"],
            "Subnets": ["<NetworkAppSubnetA>", "<NetworkAppSubnetB>"],
        }
        network = service.get("NetworkConfiguration", {}).get("AwsvpcConfiguration", {})
        yield from differences(wanted, network, f"{name}: EcsService network")


@rule
def traffic_shifts_between_two_equal_target_groups(template: Template) -> Iterator[Finding]:
    for name, parameters in ALL.items():
        stack, shifts = template.stack(parameters), "DeploymentStrategy" in parameters
        balancer = stack["EcsService"]["LoadBalancers"][0]
        advanced = {
            "AlternateTargetGroupArn": "<AlbAlternateTargetGroup>",
            "ProductionListenerRule": "<AlbProductionRule>",
            "RoleArn": "<EcsTrafficRole.Arn>",
        }
        wanted = {"AdvancedConfiguration": advanced if shifts else None, "TargetGroupArn": "<AlbTargetGroup>"}
        yield from differences(wanted, balancer, f"{name}: EcsService")
        if not shifts:
            yield from (f"{name}: {made} is made" for made in ONLY_SHIFTING if stack[made])
            continue
        yield from differences(stack["AlbTargetGroup"], stack["AlbAlternateTargetGroup"], "AlbAlternateTargetGroup")
        listener = "<AlbHttpsListener>" if stack.condition("HasCertificate") else "<AlbHttpListener>"
        wanted = {
            "ListenerArn": listener,
            "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/*"]}}],
        }
        yield from differences(wanted, stack["AlbProductionRule"], "AlbProductionRule")
        groups = stack["AlbProductionRule"]["Actions"][0]["ForwardConfig"]["TargetGroups"]
        weights = {group["TargetGroupArn"]: int(group["Weight"]) for group in groups}
        if weights != {"<AlbTargetGroup>": 100, "<AlbAlternateTargetGroup>": 0}:
            yield f"{name}: the weights are {weights}"


@rule
def shell_and_its_permission_come_together(template: Template) -> Iterator[Finding]:
    for name, parameters in ALL.items():
        stack, wanted = template.stack(parameters), parameters.get("EnableExec") == "true"
        on = stack["EcsService"].get("EnableExecuteCommand") is True
        allowed = "ssmmessages" in str(stack["EcsTaskRole"].get("Policies"))
        if (on, allowed) != (wanted, wanted):
            yield f"{name}: ECS Exec is {on}, its permission {allowed}, asked for {wanted}"


@rule
def visitors_stick_only_on_request(template: Template) -> Iterator[Finding]:
    for value in ("true", "false"):
        group = template.stack({**PROD, "StickySessions": value})["AlbTargetGroup"]
        attributes = {entry["Key"]: entry["Value"] for entry in group.get("TargetGroupAttributes", [])}
        wanted = {"stickiness.enabled": value, "stickiness.type": "lb_cookie"}
        yield from differences(wanted, attributes, "AlbTargetGroup")
    if template.stack(PROD).parameters["StickySessions"] != "false":
        yield "sticky sessions are not off by default"


@rule
def images_are_scanned_immutable_and_expire(template: Template) -> Iterator[Finding]:
    repository = template.stack(PROD)["EcsImageRepository"]
    wanted = {"ImageTagMutability": "IMMUTABLE", "ImageScanningConfiguration": {"ScanOnPush": True}}
    yield from differences(wanted, repository, "EcsImageRepository")
    rules = json.loads(repository["LifecyclePolicy"]["LifecyclePolicyText"])["rules"]
    kept = {found["selection"]["tagStatus"]: found["selection"] for found in rules}
    untagged = {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7}
    yield from differences(untagged, kept.get("untagged", {}), "untagged images")
    yield from differences(
        {"countType": "imageCountMoreThan", "countNumber": 10}, kept.get("tagged", {}), "tagged images"
    )
    if "any" in kept:
        yield "a rule for any image counts untagged ones against the versions"


@rule
def capacity_providers_follow_the_spot_mode(template: Template) -> Iterator[Finding]:
    for parameters, wanted in (
        (PROD, ON_DEMAND),
        (STAGING, ON_DEMAND),
        (DEV, ALL_SPOT),
        ({**PROD, "SpotMode": "overflow"}, OVERFLOW),
        ({**DEV, "SpotMode": "off"}, ON_DEMAND),
        ({**STAGING, "SpotMode": "all-spot"}, ALL_SPOT),
    ):
        stack = template.stack(parameters)
        where = f"{stack.parameters['EnvironmentName']} SpotMode={stack.parameters['SpotMode']!r}"
        yield from differences({"CapacityProviderStrategy": wanted}, stack["EcsService"], where)
        providers = stack["EcsCluster"].get("CapacityProviders", [])
        yield from (
            f"the cluster lacks {p['CapacityProvider']}" for p in wanted if p["CapacityProvider"] not in providers
        )


@rule
def scaling_keeps_the_bounds_of_an_ordinary_day(template: Template) -> Iterator[Finding]:
    for parameters, most in ((PROD, 10), (STAGING, 4), (DEV, 4), (ALL["prod with its own choices"], 30)):
        stack = template.stack(parameters)
        wanted = {
            "MinCapacity": 2,
            "MaxCapacity": most,
            "ServiceNamespace": "ecs",
            "ScalableDimension": "ecs:service:DesiredCount",
            "ResourceId": "service/<EcsCluster>/<EcsService.Name>",
        }
        yield from differences(wanted, stack["EcsScalableTarget"], parameters["EnvironmentName"])
        wanted = {
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
            "TargetValue": 70,
            "ScaleOutCooldown": 60,
            "ScaleInCooldown": 300,
        }
        policy = stack["EcsCpuTracking"].get("TargetTrackingScalingPolicyConfiguration", {})
        yield from differences(wanted, policy, "EcsCpuTracking")
