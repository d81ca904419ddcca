"""VPC, subnets, routes, gateways, endpoints, security groups, flow logs."""

from __future__ import annotations

from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call, tags


def _tagged(kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    """EC2 takes tags as a specification for the kind of resource."""
    wanted = [{"Key": key, "Value": value} for key, value in tags(properties).items()]
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": wanted}]} if wanted else {}


@creates("AWS::EC2::VPC")
def vpc(resource: Resource, p: dict[str, Any]) -> Made:
    flags = {flag: p.pop(flag) for flag in ("EnableDnsSupport", "EnableDnsHostnames") if flag in p}
    made = call("ec2", "create_vpc", {**_tagged("vpc", p), **p})["Vpc"]
    for flag, value in flags.items():
        call("ec2", "modify_vpc_attribute", {"VpcId": made["VpcId"], flag: {"Value": value}})
    groups = api.client("ec2").describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [made["VpcId"]]}])
    default = groups["SecurityGroups"][0]["GroupId"]
    attributes = {"VpcId": made["VpcId"], "CidrBlock": made["CidrBlock"], "DefaultSecurityGroup": default}
    return made["VpcId"], attributes


@creates("AWS::EC2::Subnet")
def subnet(resource: Resource, p: dict[str, Any]) -> Made:
    public = p.pop("MapPublicIpOnLaunch", None)
    made = call("ec2", "create_subnet", {**_tagged("subnet", p), **p})["Subnet"]
    if public is not None:
        call("ec2", "modify_subnet_attribute", {"SubnetId": made["SubnetId"], "MapPublicIpOnLaunch": {"Value": public}})
    return made["SubnetId"], {
        "SubnetId": made["SubnetId"],
        "VpcId": made["VpcId"],
        "CidrBlock": made["CidrBlock"],
        "AvailabilityZone": made["AvailabilityZone"],
    }


@creates("AWS::EC2::InternetGateway")
def internet_gateway(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("ec2", "create_internet_gateway", {**_tagged("internet-gateway", p), **p})["InternetGateway"]
    return made["InternetGatewayId"], {"InternetGatewayId": made["InternetGatewayId"]}


@creates("AWS::EC2::VPCGatewayAttachment")
def gateway_attachment(resource: Resource, p: dict[str, Any]) -> Made:
    call("ec2", "attach_internet_gateway", p)
    return f"IGW|{p['VpcId']}", {"AttachmentType": "IGW"}


@creates("AWS::EC2::RouteTable")
def route_table(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("ec2", "create_route_table", {**_tagged("route-table", p), **p})["RouteTable"]
    return made["RouteTableId"], {"RouteTableId": made["RouteTableId"]}


@creates("AWS::EC2::Route")
def route(resource: Resource, p: dict[str, Any]) -> Made:
    call("ec2", "create_route", p)
    destination = p.get("DestinationCidrBlock") or p.get("DestinationIpv6CidrBlock") or p.get("DestinationPrefixListId")
    return f"{p['RouteTableId']}|{destination}", {"CidrBlock": destination}


@creates("AWS::EC2::SubnetRouteTableAssociation")
def route_table_association(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("ec2", "associate_route_table", p)["AssociationId"]
    return made, {"Id": made}


@creates("AWS::EC2::EIP")
def elastic_ip(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("ec2", "allocate_address", {**_tagged("elastic-ip", p), **p})
    return made["PublicIp"], {"AllocationId": made["AllocationId"], "PublicIp": made["PublicIp"]}


@creates("AWS::EC2::NatGateway")
def nat_gateway(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("ec2", "create_nat_gateway", {**_tagged("natgateway", p), **p})["NatGateway"]
    return made["NatGatewayId"], {"NatGatewayId": made["NatGatewayId"]}


@creates("AWS::EC2::VPCEndpoint")
def endpoint(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("ec2", "create_vpc_endpoint", {**_tagged("vpc-endpoint", p), **p})["VpcEndpoint"]
    return made["VpcEndpointId"], {"Id": made["VpcEndpointId"]}


@creates("AWS::EC2::FlowLog")
def flow_log(resource: Resource, p: dict[str, Any]) -> Made:
    p["ResourceIds"] = [p.pop("ResourceId")]
    made = call("ec2", "create_flow_logs", {**_tagged("vpc-flow-log", p), **p})["FlowLogIds"][0]
    return made, {"Id": made}


def _permission(rule: dict[str, Any], direction: str) -> dict[str, Any]:
    """One rule of a security group in EC2's shape."""
    described = {"Description": rule["Description"]} if "Description" in rule else {}
    permission = {key: rule[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in rule}
    group, prefix = f"{direction}SecurityGroupId", f"{direction}PrefixListId"
    if "CidrIp" in rule:
        permission["IpRanges"] = [{"CidrIp": rule["CidrIp"], **described}]
    if "CidrIpv6" in rule:
        permission["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"], **described}]
    if group in rule:
        permission["UserIdGroupPairs"] = [{"GroupId": rule[group], **described}]
    if prefix in rule:
        permission["PrefixListIds"] = [{"PrefixListId": rule[prefix], **described}]
    known = {"IpProtocol", "FromPort", "ToPort", "Description", "CidrIp", "CidrIpv6", group, prefix, "GroupId"}
    for strange in set(rule) - known:
        permission[strange] = rule[strange]  # refused by name in shapes.convert
    return permission


@creates("AWS::EC2::SecurityGroup")
def security_group(resource: Resource, p: dict[str, Any]) -> Made:
    ingress, egress = p.pop("SecurityGroupIngress", []), p.pop("SecurityGroupEgress", None)
    p["Description"] = p.pop("GroupDescription")
    p.setdefault("GroupName", resource.name(255))
    group = call("ec2", "create_security_group", {**_tagged("security-group", p), **p})["GroupId"]
    for rule in ingress:
        _authorize("authorize_security_group_ingress", group, _permission(rule, "Source"))
    if egress is not None:
        # Own egress rules replace the rule that lets everything out.
        everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        api.client("ec2").revoke_security_group_egress(GroupId=group, IpPermissions=everything)
        for rule in egress:
            _authorize("authorize_security_group_egress", group, _permission(rule, "Destination"))
    return group, {"GroupId": group, "VpcId": p.get("VpcId")}


def _authorize(operation: str, group: str, permission: dict[str, Any]) -> None:
    call("ec2", operation, {"GroupId": group, "IpPermissions": [permission]})


@creates("AWS::EC2::SecurityGroupIngress")
def ingress(resource: Resource, p: dict[str, Any]) -> Made:
    _authorize("authorize_security_group_ingress", p["GroupId"], _permission(p, "Source"))
    return resource.name(), {"Id": resource.name()}


@creates("AWS::EC2::SecurityGroupEgress")
def egress(resource: Resource, p: dict[str, Any]) -> Made:
    _authorize("authorize_security_group_egress", p["GroupId"], _permission(p, "Destination"))
    return resource.name(), {"Id": resource.name()}
