"""RDS, DynamoDB, ElastiCache, S3."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call
from rehearsal.aws.world import REGION, current


@creates("AWS::RDS::DBSubnetGroup")
def subnet_group(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("DBSubnetGroupName", resource.name(255, lower=True))
    call("rds", "create_db_subnet_group", p)
    return name, {}


@creates("AWS::RDS::DBParameterGroup")
def parameter_group(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("DBParameterGroupName", resource.name(255, lower=True))
    parameters = p.pop("Parameters", {})
    call("rds", "create_db_parameter_group", p, rename={"Family": "DBParameterGroupFamily"})
    if parameters:
        wanted = [
            {"ParameterName": key, "ParameterValue": str(value), "ApplyMethod": "pending-reboot"}
            for key, value in parameters.items()
        ]
        api.client("rds").modify_db_parameter_group(DBParameterGroupName=name, Parameters=wanted)
    return name, {"DBParameterGroupName": name}


@creates("AWS::RDS::DBClusterParameterGroup")
def cluster_parameter_group(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("DBClusterParameterGroupName", resource.name(255, lower=True))
    # moto has no parameters of cluster groups; nothing here reads them.
    p.pop("Parameters", None)
    call("rds", "create_db_cluster_parameter_group", p, rename={"Family": "DBParameterGroupFamily"})
    return name, {}


# In the API model of RDS: members of ModifyDBInstance that RestoreDBInstanceFromDBSnapshot lacks.
ONLY_BY_CHANGE = {
    "AllocatedStorage", "BackupRetentionPeriod", "EngineVersion", "ManageMasterUserPassword", "MaxAllocatedStorage",
    "PreferredBackupWindow", "PreferredMaintenanceWindow",
}  # fmt: skip


def _secret_arn(made: dict[str, Any]) -> dict[str, Any]:
    secret = made.get("MasterUserSecret")
    return {"MasterUserSecret.SecretArn": secret["SecretArn"]} if secret else {}


def _available(identifier: str) -> bool:
    found = api.client("rds").describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]
    return found["DBInstanceStatus"] == "available"


def _update_instance(resource: Resource, p: dict[str, Any]) -> None:
    changed = {key: value for key, value in p.items() if resource.properties.get(key) != value}
    wanted = {"DBInstanceIdentifier": resource.physical_id, "ApplyImmediately": True, **changed}
    call("rds", "modify_db_instance", wanted, rename={"VPCSecurityGroups": "VpcSecurityGroupIds"})


@creates("AWS::RDS::DBInstance", update=_update_instance, settled=_available)
def instance(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("DBInstanceIdentifier", resource.name(63, lower=True))
    rename = {"VPCSecurityGroups": "VpcSecurityGroupIds"}
    if "DBSnapshotIdentifier" in p:
        for inherited in ("MasterUsername", "MasterUserPassword", "StorageEncrypted", "KmsKeyId"):
            p.pop(inherited, None)  # AWS takes these from the snapshot
        # CloudFormation restores, and then sets what a restore does not take.
        later = {key: p.pop(key) for key in ONLY_BY_CHANGE if key in p}
        call("rds", "restore_db_instance_from_db_snapshot", p, rename)
        _change_when_available({"DBInstanceIdentifier": name, "ApplyImmediately": True, **later}, rename)
    else:
        call("rds", "create_db_instance", p, rename)
    made = api.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]
    endpoint = made["Endpoint"]
    return name, {
        "Endpoint.Address": endpoint["Address"],
        "Endpoint.Port": str(endpoint["Port"]),
        "DBInstanceArn": made["DBInstanceArn"],
        "DbiResourceId": made.get("DbiResourceId"),
        **_secret_arn(made),
    }


def _change_when_available(changes: dict[str, Any], rename: dict[str, str]) -> None:
    """CloudFormation waits for a restored instance, and its outputs (the master's secret) come from the change."""
    name, clock = changes["DBInstanceIdentifier"], current().clock
    limit = clock.now() + timedelta(hours=2)
    while _status(name) != "available":
        if clock.now() >= limit:
            raise NotEmulatedError(f"the restored instance {name} did not become available within two hours")
        clock.run_for(timedelta(seconds=30))
    call("rds", "modify_db_instance", changes, rename)


def _status(name: str) -> str:
    return api.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]["DBInstanceStatus"]


@creates("AWS::RDS::DBCluster")
def cluster(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("DBClusterIdentifier", resource.name(63, lower=True))
    made = call("rds", "create_db_cluster", p)["DBCluster"]
    return name, {
        "Endpoint.Address": made["Endpoint"],
        "Endpoint.Port": str(made["Port"]),
        "ReadEndpoint.Address": made["ReaderEndpoint"],
        "DBClusterArn": made["DBClusterArn"],
        "DBClusterResourceId": made.get("DbClusterResourceId"),
        **_secret_arn(made),
    }


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
