"""Pages and API as two services behind one load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, PROD

WEB = ALL["prod web api"]
SMALL = ALL["dev web api with a shell"]
TWINS = {
    "WebTargetGroup": "AlbTargetGroup",
    "WebScalableTarget": "EcsScalableTarget",
    "WebCpuTracking": "EcsCpuTracking",
    "WebService": "EcsService",
    "WebCpuAlarm": "EcsCpuAlarm",
    "WebMemoryAlarm": "EcsMemoryAlarm",
    "WebNoHealthyTargetAlarm": "AlbNoHealthyTargetAlarm",
    "WebUnhealthyTargetsAlarm": "AlbUnhealthyTargetsAlarm",
}
# What a twin has of its own; everything else is the same on both sides.
OWN = {
    "Port", "HealthCheckPath", "ResourceId", "PolicyName", "ScalingTargetId", "TaskDefinition", "NetworkConfiguration",
    "LoadBalancers", "ServiceRegistries", "Tags", "AlarmName", "AlarmDescription", "Dimensions",
}  # fmt: skip
PAGES = {"PORT": "3000", "API_HOST": "api.app-prod.internal", "API_PORT": "3001"}


@rule
def pages_are_a_service_only_on_request(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    made = [name for name in stack.resources if name.startswith("Web")]
    also = ("AlbApiRule", "AlbEgressToWeb", "EcsIngressFromWeb", "EcsNamespace", "EcsDiscovery")
    made += [name for name in also if stack[name]]
    yield from (f"{name} is made without a request" for name in made)
    services = template.stack(WEB)["SaleScalingFunction"]["Environment"]["Variables"]["SERVICES"]
    if services != "api=<EcsService.Name>,web=<WebService.Name>":
        yield f"sale-scaling knows {services}"


@rule
def paths_lead_to_the_api_or_the_pages(template: Template) -> Iterator[Finding]:
    for parameters, listener in ((WEB, "AlbHttpsListener"), (SMALL, "AlbHttpListener")):
        stack = template.stack(parameters)
        (default,) = stack[listener]["DefaultActions"]
        yield from differences({"Type": "forward", "TargetGroupArn": "<WebTargetGroup>"}, default, listener)
        wanted = {
            "ListenerArn": f"<{listener}>",
            "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/api/*"]}}],
            "Actions": [{"Type": "forward", "TargetGroupArn": "<AlbTargetGroup>"}],
        }
        yield from differences(wanted, stack["AlbApiRule"], "AlbApiRule")
        for service, waits in (("EcsService", "<AlbApiRule>"), ("WebService", f"<{listener}>")):
            if waits not in [tag["Value"] for tag in stack[service]["Tags"]]:
                yield f"{service} may start before its target group has a load balancer"
    ports = {name: template.stack(WEB)[name]["Port"] for name in ("AlbTargetGroup", "WebTargetGroup")}
    yield from differences({"AlbTargetGroup": 3001, "WebTargetGroup": 3000}, ports, "ports")
    paths = {name: template.stack(WEB)[name]["HealthCheckPath"] for name in ports}
    yield from differences({"AlbTargetGroup": "/health", "WebTargetGroup": "/api/health"}, paths, "health checks")


@rule
def pages_are_run_and_watched_as_the_api_is(template: Template) -> Iterator[Finding]:
    for parameters in (WEB, SMALL):
        stack = template.stack(parameters)
        for twin, one in TWINS.items():
            same = {key: value for key, value in stack[one].items() if key not in OWN}
            yield from differences(same, stack[twin], f"{parameters['EnvironmentName']}: {twin}")
            if bool(stack[twin]) != bool(stack[one]):
                yield f"{twin} is made without {one}, or the other way round"
    stack = template.stack(WEB)
    wanted = {"ContainerName": "web", "ContainerPort": 3000, "TargetGroupArn": "<WebTargetGroup>"}
    yield from differences(wanted, stack["WebService"]["LoadBalancers"][0], "WebService")
    wanted = {"SecurityGroups": ["<WebSecurityGroup>"], "AssignPublicIp": "DISABLED"}
    yield from differences(wanted, stack["WebService"]["NetworkConfiguration"]["AwsvpcConfiguration"], "WebService")
    wanted = {"ResourceId": "service/<EcsCluster>/<WebService.Name>"}
    yield from differences(wanted, stack["WebScalableTarget"], "WebScalableTarget")
    if stack["WebCpuTracking"]["ScalingTargetId"] != "<WebScalableTarget>":
        yield "WebCpuTracking scales something else"
    groups = {stack[name]["LogGroupName"] for name in ("EcsLogGroup", "WebLogGroup")}
    if groups != {"/ecs/app-prod-api", "/ecs/app-prod-web"}:
        yield f"the logs go to {sorted(groups)}"
    if set(stack["EcsErrorQuery"]["LogGroupNames"]) != {"<EcsLogGroup>", "<WebLogGroup>"}:
        yield "the saved query does not read both logs"
    for key in ("FilterPattern", "MetricTransformations"):
        yield from differences({key: stack["EcsErrorLines"][key]}, stack["WebErrorLines"], "WebErrorLines")
    for alarm in (name for name in TWINS if name.endswith("Alarm")):
        own = {d["Name"]: d["Value"] for d in stack[alarm]["Dimensions"]}
        if not {"<WebService.Name>", "<WebTargetGroup.TargetGroupFullName>"} & set(own.values()):
            yield f"{alarm} watches {own}"


@rule
def pages_have_no_secret_and_know_the_api_by_name(template: Template) -> Iterator[Finding]:
    stack = template.stack(WEB)
    (container,) = stack["WebTaskDefinition"]["ContainerDefinitions"]
    if container.get("Secrets"):
        yield f"the pages get {container['Secrets']}"
    yield from differences(PAGES, {e["Name"]: e["Value"] for e in container["Environment"]}, "the pages")
    if "secret" in str(stack["WebExecutionRole"]).lower():
        yield "ECS may read a secret for the pages"
    wanted = {"Name": "app-prod.internal", "Vpc": "<NetworkVpc>"}
    yield from differences(wanted, stack["EcsNamespace"], "EcsNamespace")
    dns = {"NamespaceId": "<EcsNamespace>", "RoutingPolicy": "MULTIVALUE", "DnsRecords": [{"Type": "A", "TTL": 10}]}
    yield from differences({"Name": "api", "DnsConfig": dns}, stack["EcsDiscovery"], "EcsDiscovery")
    registries = {"ServiceRegistries": [{"RegistryArn": "<EcsDiscovery.Arn>"}]}
    yield from differences(registries, stack["EcsService"], "EcsService")
