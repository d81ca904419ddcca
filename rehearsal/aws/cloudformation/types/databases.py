"""RDS and Aurora."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call
from rehearsal.aws.world import current


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
        _wait(name, _status)
        call("rds", "modify_db_instance", {"DBInstanceIdentifier": name, "ApplyImmediately": True, **later}, rename)
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


def _wait(name: str, status: Callable[[str], str]) -> None:
    """CloudFormation waits for what it restores, and its outputs (the master's secret) come from the change after."""
    clock = current().clock
    limit = clock.now() + timedelta(hours=2)
    while status(name) != "available":
        if clock.now() >= limit:
            raise NotEmulatedError(f"the restored {name} did not become available within two hours")
        clock.run_for(timedelta(seconds=30))


def _status(name: str) -> str:
    return api.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]["DBInstanceStatus"]


def _cluster_available(identifier: str) -> bool:
    return _cluster_status(identifier) == "available"


def _cluster_status(name: str) -> str:
    return api.client("rds").describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]["Status"]


def _update_cluster(resource: Resource, p: dict[str, Any]) -> None:
    changed = {key: value for key, value in p.items() if resource.properties.get(key) != value}
    wanted = {"DBClusterIdentifier": resource.physical_id, "ApplyImmediately": True, **changed}
    call("rds", "modify_db_cluster", wanted)


@creates("AWS::RDS::DBCluster", update=_update_cluster, settled=_cluster_available)
def cluster(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("DBClusterIdentifier", resource.name(63, lower=True))
    if "SnapshotIdentifier" in p:
        later = {key: p.pop(key) for key in ONLY_BY_CHANGE & set(p) - {"EngineVersion"}}
        call("rds", "restore_db_cluster_from_snapshot", p)
        _wait(name, _cluster_status)
        call("rds", "modify_db_cluster", {"DBClusterIdentifier": name, "ApplyImmediately": True, **later})
    else:
        call("rds", "create_db_cluster", p)
    made = api.client("rds").describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]
    return name, {
        "Endpoint.Address": made["Endpoint"],
        "Endpoint.Port": str(made["Port"]),
        "ReadEndpoint.Address": made["ReaderEndpoint"],
        "DBClusterArn": made["DBClusterArn"],
        "DBClusterResourceId": made.get("DbClusterResourceId"),
        **_secret_arn(made),
    }
