"""Containers beside the shop's: Datadog's agent and the trace collector."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, PROD

BESIDE = ALL["prod with everything beside it"]
XRAY = {
    f"xray:{action}" for action in ("PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets")
}


@rule
def helpers_come_only_on_request(template: Template) -> Iterator[Finding]:
    for parameters, names in (
        (PROD, ["app"]),
        ({**BESIDE, "EnableXRay": "false"}, ["app", "datadog-agent"]),
        ({**BESIDE, "EnableDatadog": "false"}, ["app", "trace-collector"]),
        (BESIDE, ["app", "datadog-agent", "trace-collector"]),
    ):
        stack = template.stack(parameters)
        found = [container["Name"] for container in stack["EcsTaskDefinition"]["ContainerDefinitions"]]
        if found != names:
            yield f"the containers are {found}, not {names}"
        if bool(stack["EcsHelperLogGroup"]) != (len(names) > 1):
            yield f"with {names} the helpers' log is {stack['EcsHelperLogGroup']}"
    if "xray" in str(template.stack(PROD)["EcsTaskRole"]) or template.stack(PROD)["NetworkXRayEndpoint"]:
        yield "traces are let out without a request"


@rule
def helpers_never_stop_the_shop(template: Template) -> Iterator[Finding]:
    stack = template.stack(BESIDE)
    shop, *helpers = stack["EcsTaskDefinition"]["ContainerDefinitions"]
    reserved = sum(int(helper.get("MemoryReservation", 0)) for helper in helpers)
    if "Memory" in shop or reserved * 2 > int(template.stack(PROD)["EcsTaskDefinition"]["Memory"]):
        yield f"the helpers reserve {reserved} MiB: the shop has too little left in the smallest task of production"
    for helper in helpers:
        name = helper["Name"]
        if helper.get("Essential") is not False or not helper.get("MemoryReservation"):
            yield f"{name} can stop the shop or take all of its memory"
        if helper["Image"].endswith(":latest") or ":" not in helper["Image"]:
            yield f"{name} has no fixed version"
        options = {"awslogs-group": "<EcsHelperLogGroup>"}
        yield from differences(options, helper["LogConfiguration"]["Options"], name)


@rule
def helpers_get_what_they_need_and_no_more(template: Template) -> Iterator[Finding]:
    stack = template.stack(BESIDE)
    shop, agent, collector = stack["EcsTaskDefinition"]["ContainerDefinitions"]
    secrets = [{"Name": "DD_API_KEY", "ValueFrom": BESIDE["DatadogSecretArn"]}]
    yield from differences({"Secrets": secrets}, agent, "datadog-agent")
    if "DD_API_KEY" in str(shop) or collector.get("Secrets"):
        yield "someone else gets Datadog's key"
    told = {entry["Name"]: entry["Value"] for entry in shop["Environment"]}
    wanted = {"DD_AGENT_HOST": "127.0.0.1", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4317"}
    yield from differences(wanted, told, "the shop")
    yield from differences({"Command": ["--config=/etc/ecs/ecs-xray.yaml"]}, collector, "trace-collector")
    statements = [s for policy in stack["EcsTaskRole"]["Policies"] for s in policy["PolicyDocument"]["Statement"]]
    if {action for statement in statements for action in statement["Action"]} != XRAY:
        yield f"the tasks may {statements}"
    if BESIDE["DatadogSecretArn"] not in str(stack["EcsExecutionRole"]):
        yield "ECS may not read Datadog's key"
    services = {e.properties["ServiceName"].rsplit(".", 1)[-1] for e in stack.of_type("AWS::EC2::VPCEndpoint")}
    if "xray" not in services:
        yield "the collector has no private way to X-Ray"
