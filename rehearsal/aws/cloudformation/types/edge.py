"""Names, certificates, the CDN and the firewall."""

from __future__ import annotations

from typing import Any

from rehearsal.aws.cloudformation.errors import NotEmulatedError
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call, check


@creates("AWS::CertificateManager::Certificate")
def certificate(resource: Resource, p: dict[str, Any]) -> Made:
    # CloudFormation itself writes the DNS records that these options name.
    p.pop("DomainValidationOptions", None)
    return call("acm", "request_certificate", p)["CertificateArn"], {}


@creates("AWS::Route53::HostedZone")
def hosted_zone(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("route53", "create_hosted_zone", {"CallerReference": resource.name(), **p})["HostedZone"]
    zone = made["Id"].rsplit("/", 1)[-1]
    return zone, {"Id": zone}


@creates("AWS::Route53::RecordSet", update="again")
def record_set(resource: Resource, p: dict[str, Any]) -> Made:
    zone = p.pop("HostedZoneId")
    if "AliasTarget" in p:
        p["AliasTarget"].setdefault("EvaluateTargetHealth", False)
    if "ResourceRecords" in p:
        p["ResourceRecords"] = [{"Value": value} for value in p["ResourceRecords"]]
    change = {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": p}]}
    call("route53", "change_resource_record_sets", {"HostedZoneId": zone, "ChangeBatch": change})
    return p["Name"], {}


@creates("AWS::CloudFront::OriginAccessControl")
def origin_access_control(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("cloudfront", "create_origin_access_control", p)["OriginAccessControl"]["Id"]
    return made, {"Id": made}


@creates("AWS::CloudFront::ResponseHeadersPolicy", update="again")
def response_headers_policy(resource: Resource, p: dict[str, Any]) -> Made:
    # moto has no such policies and nothing here reads one; its properties are still held to the API's model.
    check("cloudfront", "create_response_headers_policy", p)
    return resource.name(), {"Id": resource.name()}


# Where CloudFormation's name of a property is not the API's.
CDN_NAMES = {
    "OriginCustomHeaders": "CustomHeaders",
    "IPV6Enabled": "IsIPV6Enabled",
    "AcmCertificateArn": "ACMCertificateArn",
}
CDN_NAMES |= {"SslSupportMethod": "SSLSupportMethod"}


def _as_the_api_writes(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_the_api_writes(item) for item in value]
    if isinstance(value, dict):
        return {CDN_NAMES.get(key, key): _as_the_api_writes(item) for key, item in value.items()}
    return value


@creates("AWS::CloudFront::Distribution")
def distribution(resource: Resource, p: dict[str, Any]) -> Made:
    config = {"Comment": "", "CallerReference": resource.name(), **_as_the_api_writes(p["DistributionConfig"])}
    for origin in config["Origins"]:
        if "CustomOriginConfig" in origin:
            origin["CustomOriginConfig"] = {"HTTPPort": 80, "HTTPSPort": 443, **origin["CustomOriginConfig"]}
    made = call("cloudfront", "create_distribution", {"DistributionConfig": config})["Distribution"]
    return made["Id"], {"Id": made["Id"], "DomainName": made["DomainName"]}


@creates("AWS::WAFv2::WebACL")
def web_acl(resource: Resource, p: dict[str, Any]) -> Made:
    if p["Scope"] != "REGIONAL":
        raise NotEmulatedError("a web ACL for CloudFront lives in us-east-1, not in this stack's region")
    p.setdefault("Name", resource.name(128))
    made = call("wafv2", "create_web_acl", p)["Summary"]
    return f"{made['Name']}|{made['Id']}|REGIONAL", {"Arn": made["ARN"], "Id": made["Id"]}


@creates("AWS::WAFv2::WebACLAssociation")
def web_acl_association(resource: Resource, p: dict[str, Any]) -> Made:
    call("wafv2", "associate_web_acl", p)
    return f"{p['WebACLArn']}|{p['ResourceArn']}", {}


@creates("AWS::WAFv2::IPSet")
def ip_set(resource: Resource, p: dict[str, Any]) -> Made:
    p.setdefault("Name", resource.name(128))
    made = call("wafv2", "create_ip_set", p)["Summary"]
    return f"{made['Name']}|{made['Id']}|{p['Scope']}", {"Arn": made["ARN"], "Id": made["Id"]}
