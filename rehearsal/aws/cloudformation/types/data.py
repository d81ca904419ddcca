"""DynamoDB, ElastiCache, S3."""

from __future__ import annotations

from typing import Any

from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call
from rehearsal.aws.world import REGION


@creates("AWS::DynamoDB::Table")
def table(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("TableName", resource.name(255))
    expiry = p.pop("TimeToLiveSpecification", None)
    recovery = p.pop("PointInTimeRecoverySpecification", None)
    if "StreamSpecification" in p:
        p["StreamSpecification"]["StreamEnabled"] = True
    if "SSESpecification" in p:
        p["SSESpecification"]["Enabled"] = p["SSESpecification"].pop("SSEEnabled")
    made = call("dynamodb", "create_table", p)["TableDescription"]
    if expiry:
        call("dynamodb", "update_time_to_live", {"TableName": name, "TimeToLiveSpecification": expiry})
    if recovery:
        wanted = {"TableName": name, "PointInTimeRecoverySpecification": recovery}
        call("dynamodb", "update_continuous_backups", wanted)
    stream = {"StreamArn": made["LatestStreamArn"]} if "LatestStreamArn" in made else {}
    return name, {"Arn": made["TableArn"], **stream}


@creates("AWS::ElastiCache::SubnetGroup")
def cache_subnet_group(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("CacheSubnetGroupName", resource.name(255, lower=True))
    call("elasticache", "create_cache_subnet_group", p, rename={"Description": "CacheSubnetGroupDescription"})
    return name, {}


@creates("AWS::ElastiCache::ReplicationGroup")
def replication_group(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("ReplicationGroupId", resource.name(40, lower=True))
    call("elasticache", "create_replication_group", p)
    address = f"master.{name}.emulated.apne1.cache.amazonaws.com"
    return name, {"PrimaryEndPoint.Address": address, "PrimaryEndPoint.Port": "6379"}


# CloudFormation's property, S3's operation, and the parameter that takes it.
BUCKET_SETTINGS = {
    "BucketEncryption": ("put_bucket_encryption", "ServerSideEncryptionConfiguration"),
    "PublicAccessBlockConfiguration": ("put_public_access_block", "PublicAccessBlockConfiguration"),
    "VersioningConfiguration": ("put_bucket_versioning", "VersioningConfiguration"),
    "OwnershipControls": ("put_bucket_ownership_controls", "OwnershipControls"),
    "LifecycleConfiguration": ("put_bucket_lifecycle_configuration", "LifecycleConfiguration"),
}


def _bucket_setting(setting: str, value: dict[str, Any]) -> dict[str, Any]:
    """S3 writes 'Rules' where CloudFormation has a longer or a different name."""
    if setting == "BucketEncryption":
        rules = value["ServerSideEncryptionConfiguration"]
        renamed = {"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"}
        return {"Rules": [{renamed.get(key, key): item for key, item in rule.items()} for rule in rules]}
    if setting == "LifecycleConfiguration":
        return {"Rules": [_lifecycle_rule(rule) for rule in value["Rules"]]}
    return value


def _lifecycle_rule(rule: dict[str, Any]) -> dict[str, Any]:
    rule = {"ID": rule.pop("Id", "rule"), "Filter": {"Prefix": rule.pop("Prefix", "")}, **rule}
    if "ExpirationInDays" in rule:
        rule["Expiration"] = {"Days": rule.pop("ExpirationInDays")}
    return rule


@creates("AWS::S3::Bucket")
def bucket(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.pop("BucketName", None) or resource.name(63, lower=True)
    labels = p.pop("Tags", None)
    settings = {key: p.pop(key) for key in BUCKET_SETTINGS if key in p}
    where = {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
    call("s3", "create_bucket", {"Bucket": name, **where, **p})
    for key, value in settings.items():
        operation, parameter = BUCKET_SETTINGS[key]
        call("s3", operation, {"Bucket": name, parameter: _bucket_setting(key, value)})
    if labels:
        call("s3", "put_bucket_tagging", {"Bucket": name, "Tagging": {"TagSet": labels}})
    return name, {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{REGION}.amazonaws.com",
    }


@creates("AWS::S3::BucketPolicy", update="again")
def bucket_policy(resource: Resource, p: dict[str, Any]) -> Made:
    call("s3", "put_bucket_policy", p, rename={"PolicyDocument": "Policy"})
    return p["Bucket"], {}
