"""IAM, KMS, secrets, parameters."""

from __future__ import annotations

import functools
import json
from typing import Any

from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, iam_backends

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call, tags, text
from rehearsal.aws.world import ACCOUNT, REGION


@functools.cache
def _aws_policies() -> dict[str, Any]:
    return json.loads(aws_managed_policies_data)


def _attach(role: str, arn: str) -> None:
    """AWS's own managed policies are brought into moto one by one: all of them would cost seconds and memory."""
    backend = iam_backends[ACCOUNT]["aws"]
    if arn.startswith("arn:aws:iam::aws:policy/") and arn not in backend.managed_policies:
        name = arn.rsplit("/", 1)[-1]
        if name not in _aws_policies():
            raise NotEmulatedError(f"the managed policy {arn} is not known")
        policy = AWSManagedPolicy.from_data(name, ACCOUNT, REGION, _aws_policies()[name])
        backend.managed_policies[policy.arn] = policy
    api.client("iam").attach_role_policy(RoleName=role, PolicyArn=arn)


def _role_policies(role: str, p: dict[str, Any]) -> None:
    for policy in p.pop("Policies", []):
        # SAM's role of a schedule carries no version; IAM takes it, moto would not.
        policy["PolicyDocument"].setdefault("Version", "2012-10-17")
        call("iam", "put_role_policy", {"RoleName": role, **policy})
    for arn in p.pop("ManagedPolicyArns", []):
        _attach(role, arn)


def _update_role(resource: Resource, p: dict[str, Any]) -> None:
    before = {policy["PolicyName"] for policy in resource.properties.get("Policies", [])}
    for name in before - {policy["PolicyName"] for policy in p.get("Policies", [])}:
        api.client("iam").delete_role_policy(RoleName=resource.physical_id, PolicyName=name)
    for arn in set(resource.properties.get("ManagedPolicyArns", [])) - set(p.get("ManagedPolicyArns", [])):
        api.client("iam").detach_role_policy(RoleName=resource.physical_id, PolicyArn=arn)
    _role_policies(resource.physical_id, p)


@creates("AWS::IAM::Role", update=_update_role)
def role(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("RoleName", resource.name(64))
    policies = {key: p.pop(key) for key in ("Policies", "ManagedPolicyArns") if key in p}
    made = call("iam", "create_role", p)["Role"]
    _role_policies(name, policies)
    return name, {"Arn": made["Arn"], "RoleId": made["RoleId"]}


@creates("AWS::IAM::Policy", update="again")
def policy(resource: Resource, p: dict[str, Any]) -> Made:
    document = {key: p[key] for key in ("PolicyName", "PolicyDocument")}
    if set(p) - {"PolicyName", "PolicyDocument", "Roles"}:
        raise NotEmulatedError("only roles can have an AWS::IAM::Policy here")
    for role_name in p["Roles"]:
        call("iam", "put_role_policy", {"RoleName": role_name, **document})
    return resource.name(), {"Id": resource.name()}


@creates("AWS::IAM::ManagedPolicy")
def managed_policy(resource: Resource, p: dict[str, Any]) -> Made:
    roles = p.pop("Roles", [])
    name = p.pop("ManagedPolicyName", None) or resource.name(128)
    made = call("iam", "create_policy", {"PolicyName": name, **p})["Policy"]["Arn"]
    for role_name in roles:
        _attach(role_name, made)
    return made, {"PolicyArn": made}


@creates("AWS::IAM::ServiceLinkedRole")
def service_linked_role(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("iam", "create_service_linked_role", p)["Role"]
    return made["RoleName"], {"RoleName": made["RoleName"]}


@creates("AWS::IAM::OIDCProvider")
def oidc_provider(resource: Resource, p: dict[str, Any]) -> Made:
    p.setdefault("ThumbprintList", ["0" * 40])
    rename = {"ClientIdList": "ClientIDList"}
    made = call("iam", "create_open_id_connect_provider", p, rename)["OpenIDConnectProviderArn"]
    return made, {"Arn": made}


@creates("AWS::KMS::Key")
def key(resource: Resource, p: dict[str, Any]) -> Made:
    rotates, enabled, window = (p.pop(name, None) for name in ("EnableKeyRotation", "Enabled", "PendingWindowInDays"))
    del enabled, window  # a key is enabled; nothing is deleted here
    labels = [{"TagKey": name, "TagValue": value} for name, value in tags(p).items()]
    p["Policy"] = p.pop("KeyPolicy", None) or "{}"
    made = call("kms", "create_key", {**p, "Tags": labels})["KeyMetadata"]
    if rotates:
        api.client("kms").enable_key_rotation(KeyId=made["KeyId"])
    return made["KeyId"], {"Arn": made["Arn"], "KeyId": made["KeyId"]}


@creates("AWS::KMS::Alias")
def key_alias(resource: Resource, p: dict[str, Any]) -> Made:
    call("kms", "create_alias", p)
    return p["AliasName"], {}


def _update_parameter(resource: Resource, p: dict[str, Any]) -> None:
    tags(p)
    call("ssm", "put_parameter", {**p, "Name": resource.physical_id, "Overwrite": True})


@creates("AWS::SSM::Parameter", update=_update_parameter)
def parameter(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("Name", f"CFN-{resource.name(stack=False)}")
    p["Tags"] = [{"Key": label, "Value": value} for label, value in tags(p).items()]
    call("ssm", "put_parameter", p)
    return name, {"Type": p["Type"], "Value": text(p["Value"])}


@creates("AWS::SecretsManager::Secret")
def secret(resource: Resource, p: dict[str, Any]) -> Made:
    p.setdefault("Name", resource.name(512, stack=False))
    generate = p.pop("GenerateSecretString", None)
    if generate is not None:
        into, shape = generate.pop("GenerateStringKey", None), generate.pop("SecretStringTemplate", "{}")
        password = call("secretsmanager", "get_random_password", generate)["RandomPassword"]
        p["SecretString"] = json.dumps({**json.loads(shape), into: password}) if into else password
    made = call("secretsmanager", "create_secret", p)["ARN"]
    return made, {"Id": made}


@creates("AWS::SecretsManager::ResourcePolicy", update="again")
def secret_policy(resource: Resource, p: dict[str, Any]) -> Made:
    call("secretsmanager", "put_resource_policy", p)
    return p["SecretId"], {"Id": p["SecretId"]}


@creates("AWS::SecretsManager::RotationSchedule", update="again")
def rotation_schedule(resource: Resource, p: dict[str, Any]) -> Made:
    immediately = p.pop("RotateImmediatelyOnUpdate", True)
    call("secretsmanager", "rotate_secret", {**p, "RotateImmediately": immediately})
    return p["SecretId"], {"Id": p["SecretId"]}


@creates("AWS::SecretsManager::SecretTargetAttachment")
def secret_attachment(resource: Resource, p: dict[str, Any]) -> Made:
    """Adds the address of the database to the secret, as the documentation of the type says."""
    rds, secrets = api.client("rds"), api.client("secretsmanager")
    if p["TargetType"] == "AWS::RDS::DBInstance":
        found = rds.describe_db_instances(DBInstanceIdentifier=p["TargetId"])["DBInstances"][0]
        place = {"host": found["Endpoint"]["Address"], "port": found["Endpoint"]["Port"]}
        place["dbInstanceIdentifier"] = found["DBInstanceIdentifier"]
        if found.get("DBName"):
            place["dbname"] = found["DBName"]
    elif p["TargetType"] == "AWS::RDS::DBCluster":
        found = rds.describe_db_clusters(DBClusterIdentifier=p["TargetId"])["DBClusters"][0]
        place = {"host": found["Endpoint"], "port": found["Port"], "dbClusterIdentifier": found["DBClusterIdentifier"]}
        if found.get("DatabaseName"):
            place["dbname"] = found["DatabaseName"]
    else:
        raise NotEmulatedError(f"a secret can't be attached to {p['TargetType']} here")
    content = json.loads(secrets.get_secret_value(SecretId=p["SecretId"])["SecretString"])
    content |= {"engine": found["Engine"], **place}
    secrets.update_secret(SecretId=p["SecretId"], SecretString=json.dumps(content))
    return p["SecretId"], {"Id": p["SecretId"]}
