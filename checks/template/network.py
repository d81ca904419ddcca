"""The network: three tiers in two zones, ways out, and who may talk to whom."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from checks.template.model import Stack, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD

# What ECS needs to start a task: the image, its log, its secrets and their key.
ENDPOINTS = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "kms"]

TIERS = {
    "public": ["NetworkPublicSubnetA", "NetworkPublicSubnetB"],
    "app": ["NetworkAppSubnetA", "NetworkAppSubnetB"],
    "data": ["NetworkDataSubnetA", "NetworkDataSubnetB"],
}
CIDRS = {
    "NetworkPublicSubnetA": "10.0.1.0/24",
    "NetworkPublicSubnetB": "10.0.2.0/24",
    "NetworkAppSubnetA": "10.0.11.0/24",
    "NetworkAppSubnetB": "10.0.12.0/24",
    "NetworkDataSubnetA": "10.0.21.0/24",
    "NetworkDataSubnetB": "10.0.22.0/24",
}
# group, other end, port: everything that may flow when there is a certificate. Nothing else may.
INGRESS = {
    ("AlbSecurityGroup", "0.0.0.0/0", "80"),
    ("AlbSecurityGroup", "0.0.0.0/0", "443"),
    ("EcsSecurityGroup", "<AlbSecurityGroup>", "8080"),
    ("DatabaseSecurityGroup", "<EcsSecurityGroup>", "5432"),
    ("DatabaseSecurityGroup", "<SecretRotationSecurityGroup>", "5432"),
    ("DatabaseSecurityGroup", "<RestoreDrillSecurityGroup>", "5432"),
    ("RestoreDrillInstanceSecurityGroup", "<RestoreDrillSecurityGroup>", "5432"),
}
EGRESS = {
    ("AlbSecurityGroup", "<EcsSecurityGroup>", "8080"),
    ("EcsSecurityGroup", "<DatabaseSecurityGroup>", "5432"),
    ("EcsSecurityGroup", "0.0.0.0/0", "443"),
    ("SecretRotationSecurityGroup", "<DatabaseSecurityGroup>", "5432"),
    ("SecretRotationSecurityGroup", "0.0.0.0/0", "443"),
    ("RestoreDrillSecurityGroup", "<DatabaseSecurityGroup>", "5432"),
    ("RestoreDrillSecurityGroup", "<RestoreDrillInstanceSecurityGroup>", "5432"),
    ("RestoreDrillSecurityGroup", "0.0.0.0/0", "443"),
}


@rule
def vpc_is_10_0_with_dns(template: Template) -> Iterator[Finding]:
    wanted = {"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": True, "EnableDnsSupport": True}
    yield from differences(wanted, template.stack(PROD)["NetworkVpc"], "NetworkVpc")


@rule
def six_subnets_lie_in_three_tiers_and_two_zones(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    found = {subnet.id: subnet.properties["CidrBlock"] for subnet in stack.of_type("AWS::EC2::Subnet")}
    yield from differences(dict(CIDRS), found, "subnets")
    for subnet, cidr in found.items():
        if not ip_network(cidr).subnet_of(ip_network(stack["NetworkVpc"]["CidrBlock"])):
            yield f"{subnet} lies outside the VPC"
        if stack[subnet].get("MapPublicIpOnLaunch"):
            yield f"{subnet} gives public addresses"
    for tier, subnets in TIERS.items():
        zones = {stack[subnet].get("AvailabilityZone") for subnet in subnets}
        if len(zones) != 2:
            yield f"the {tier} tier stands in {zones}"


@rule
def nat_gateways_follow_the_mode(template: Template) -> Iterator[Finding]:
    for parameters, gateways, ways in (
        (PROD, 2, {"A": "<NetworkNatGatewayA>", "B": "<NetworkNatGatewayB>"}),
        (DEV, 1, {"A": "<NetworkNatGatewayA>", "B": "<NetworkNatGatewayA>"}),
        ({**DEV, "NatMode": "per-az"}, 2, {"A": "<NetworkNatGatewayA>", "B": "<NetworkNatGatewayB>"}),
        ({**PROD, "NatMode": "single"}, 1, {"A": "<NetworkNatGatewayA>", "B": "<NetworkNatGatewayA>"}),
        ({**DEV, "NatMode": "none"}, 0, {"A": None, "B": None}),
    ):
        stack = template.stack(parameters)
        found = stack.of_type("AWS::EC2::NatGateway")
        where = f"{stack.parameters['EnvironmentName']} NatMode={stack.parameters['NatMode']!r}"
        if len(found) != gateways or len(stack.of_type("AWS::EC2::EIP")) != gateways:
            yield f"{where}: {len(found)} NAT gateways, not {gateways}"
        for zone, way in ways.items():
            route = stack[f"NetworkAppDefaultRoute{zone}"]
            if route.get("NatGatewayId") != way:
                yield f"{where}: zone {zone} goes out through {route.get('NatGatewayId')}"
            if stack[f"NetworkNatGateway{zone}"].get("SubnetId", f"<NetworkPublicSubnet{zone}>") != (
                f"<NetworkPublicSubnet{zone}>"
            ):
                yield f"{where}: the NAT gateway of zone {zone} stands elsewhere"


@rule
def only_the_public_tier_reaches_the_internet_gateway(template: Template) -> Iterator[Finding]:
    for name, parameters in ALL.items():
        stack = template.stack(parameters)
        for route in stack.of_type("AWS::EC2::Route"):
            table = route.properties["RouteTableId"]
            if "GatewayId" in route.properties and table != "<NetworkPublicRoutes>":
                yield f"{name}: {route.id} leads {table} to the internet gateway"
            if table == "<NetworkDataRoutes>":
                yield f"{name}: the data tier has the route {route.id}"
        tables = {
            association.properties["SubnetId"]: association.properties["RouteTableId"]
            for association in stack.of_type("AWS::EC2::SubnetRouteTableAssociation")
        }
        for subnet in TIERS["data"]:
            if tables.get(f"<{subnet}>") != "<NetworkDataRoutes>":
                yield f"{name}: {subnet} uses the routes {tables.get(f'<{subnet}>')}"


@rule
def s3_endpoint_serves_both_app_route_tables(template: Template) -> Iterator[Finding]:
    wanted = {
        "VpcEndpointType": "Gateway",
        "ServiceName": "com.amazonaws.ap-northeast-1.s3",
        "RouteTableIds": ["<NetworkAppRoutesA>", "<NetworkAppRoutesB>"],
    }
    yield from differences(wanted, template.stack(DEV)["NetworkS3Endpoint"], "NetworkS3Endpoint")


@rule
def interface_endpoints_follow_their_switch(template: Template) -> Iterator[Finding]:
    wanted = {f"com.amazonaws.ap-northeast-1.{name}" for name in ENDPOINTS}
    shell = {"com.amazonaws.ap-northeast-1.ssmmessages"}
    for parameters, services in (
        (PROD, set()),
        ({**PROD, "EnableExec": "true"}, set()),
        ({**PROD, "InterfaceEndpoints": "true"}, wanted),
        ({**PROD, "InterfaceEndpoints": "true", "EnableExec": "true"}, wanted | shell),
    ):
        stack = template.stack(parameters)
        endpoints = [
            e for e in stack.of_type("AWS::EC2::VPCEndpoint") if e.properties["VpcEndpointType"] == "Interface"
        ]
        found = {endpoint.properties["ServiceName"] for endpoint in endpoints}
        if found != services:
            yield f"the endpoints are {sorted(found)}, not {sorted(services)}"
        for endpoint in endpoints:
            shape = {
                "PrivateDnsEnabled": True,
                "SubnetIds": ["<NetworkAppSubnetA>", "<NetworkAppSubnetB>"],
                "SecurityGroupIds": ["<NetworkEndpointSecurityGroup>"],
            }
            yield from differences(shape, endpoint.properties, endpoint.id)
        doors = {
            ("NetworkEndpointSecurityGroup", f"<{group}>", "443")
            for group in ("EcsSecurityGroup", "SecretRotationSecurityGroup", "RestoreDrillSecurityGroup")
        }
        ingress = flows(stack, "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId")
        if ingress != INGRESS | (doors if services else set()):
            yield f"the doors with {len(services)} endpoints are {sorted(ingress)}"


@rule
def flow_log_sees_all_traffic_and_ends(template: Template) -> Iterator[Finding]:
    for parameters, days in ((PROD, 30), (DEV, 7)):
        stack = template.stack(parameters)
        wanted = {
            "ResourceType": "VPC",
            "ResourceId": "<NetworkVpc>",
            "TrafficType": "ALL",
            "LogGroupName": "<NetworkFlowLogGroup>",
            "DeliverLogsPermissionArn": "<NetworkFlowLogRole.Arn>",
        }
        yield from differences(wanted, stack["NetworkFlowLog"], "NetworkFlowLog")
        yield from differences({"RetentionInDays": days}, stack["NetworkFlowLogGroup"], "NetworkFlowLogGroup")


@rule
def security_groups_let_in_and_out_exactly_this(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    ingress = flows(stack, "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId")
    egress = flows(stack, "AWS::EC2::SecurityGroupEgress", "DestinationSecurityGroupId")
    yield from (f"lets in {flow}" for flow in ingress - INGRESS)
    yield from (f"does not let in {flow}" for flow in INGRESS - ingress)
    yield from (f"lets out {flow}" for flow in egress - EGRESS)
    yield from (f"does not let out {flow}" for flow in EGRESS - egress)
    without = flows(template.stack(DEV), "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId")
    if ("AlbSecurityGroup", "0.0.0.0/0", "443") in without:
        yield "port 443 is open without a certificate"


@rule
def security_groups_close_their_own_lists(template: Template) -> Iterator[Finding]:
    for group in template.stack(PROD).of_type("AWS::EC2::SecurityGroup"):
        if group.properties.get("SecurityGroupIngress"):
            yield f"{group.id} has ingress inside; make it a resource of its own"
        egress = group.properties.get("SecurityGroupEgress", [])
        if [rule_.get("CidrIp") for rule_ in egress] != ["127.0.0.1/32"]:
            yield f"{group.id} does not close its egress (an empty list means: allow all)"


def flows(stack: Stack, resource_type: str, other_group: str) -> set[tuple[str, str, str]]:
    found = set()
    for resource in stack.of_type(resource_type):
        flow = resource.properties
        ports = str(flow.get("FromPort")) if flow.get("FromPort") == flow.get("ToPort") else "a range"
        other = flow.get(other_group) or flow.get("CidrIp") or "somewhere else"
        found.add((flow["GroupId"].strip("<>"), other, ports if flow.get("IpProtocol") == "tcp" else "any protocol"))
    return found
