"""The database, its secret, and what must survive a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD, STAGING

TOKYO = ZoneInfo("Asia/Tokyo")
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)

# cfn-lint's list of resources that hold state, as far as the template has them (its rule I3011).
STATEFUL = {
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ECR::Repository",
    "AWS::S3::Bucket",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::SecretsManager::Secret",
    "AWS::Logs::LogGroup",
    "AWS::SQS::Queue",
}


@rule
def database_is_private_encrypted_and_backed_up(template: Template) -> Iterator[Finding]:
    for name, parameters in ALL.items():
        if "DbEngineMode" in parameters:
            continue  # aurora.py
        wanted = {
            "Engine": "postgres",
            "EngineVersion": "17.9",
            "StorageEncrypted": None if "DbSnapshotIdentifier" in parameters else True,
            "PubliclyAccessible": False,
            "ManageMasterUserPassword": True,
            "BackupRetentionPeriod": 7,
            "AutoMinorVersionUpgrade": True,
            "CopyTagsToSnapshot": True,
            "DBSubnetGroupName": "<DatabaseSubnetGroup>",
            "DBParameterGroupName": "<DatabaseParameterGroup>",
            "VPCSecurityGroups": ["<DatabaseSecurityGroup>"],
        }
        database = template.stack(parameters)["DatabaseInstance"]
        yield from differences(wanted, database, f"{name}: DatabaseInstance")
        if "MasterUserPassword" in database:
            yield f"{name}: the template knows the master password"


@rule
def database_fits_its_environment(template: Template) -> Iterator[Finding]:
    for parameters, size, standby, protected in (
        (PROD, "db.t4g.small", "true", "true"),
        (STAGING, "db.t4g.micro", "false", "false"),
        (DEV, "db.t4g.micro", "false", "false"),
        (ALL["prod with its own choices"], "db.m7g.large", "true", "true"),
    ):
        wanted = {"DBInstanceClass": size, "MultiAZ": standby, "DeletionProtection": protected}
        yield from differences(wanted, template.stack(parameters)["DatabaseInstance"], parameters["EnvironmentName"])


@rule
def database_stands_in_the_data_tier_and_takes_tls_only(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    subnets = {"SubnetIds": ["<NetworkDataSubnetA>", "<NetworkDataSubnetB>"]}
    yield from differences(subnets, stack["DatabaseSubnetGroup"], "DatabaseSubnetGroup")
    wanted = {"Family": "postgres17", "Parameters": {"rds.force_ssl": "1"}}
    yield from differences(wanted, stack["DatabaseParameterGroup"], "DatabaseParameterGroup")


@rule
def database_is_restored_from_a_snapshot_only_on_request(template: Template) -> Iterator[Finding]:
    inherited = ("MasterUsername", "DBName", "StorageEncrypted")
    for name in ("prod", "prod from a snapshot"):
        database, snapshot = template.stack(ALL[name])["DatabaseInstance"], ALL[name].get("DbSnapshotIdentifier")
        yield from differences({"DBSnapshotIdentifier": snapshot}, database, name)
        yield from (f"{name}: {key} and a snapshot" for key in inherited if (key in database) == bool(snapshot))


@rule
def windows_fall_into_the_right_hours_of_japan(template: Template) -> Iterator[Finding]:
    """RDS reads windows as UTC. Nights where the database is up at night, office hours where it sleeps."""
    for parameters, first, last in ((PROD, 0, 6), (STAGING, 0, 6), (DEV, 9, 18)):
        database = template.stack(parameters)["DatabaseInstance"]
        backup = str(database.get("PreferredBackupWindow"))
        windows = [_window(f"{day}:{backup.split('-')[0]}-{day}:{backup.split('-')[1]}") for day in DAYS]
        maintenance = _window(str(database.get("PreferredMaintenanceWindow")))
        for start, end in (*windows, maintenance):
            local, local_end = start.astimezone(TOKYO), end.astimezone(TOKYO)
            if not (local.hour >= first and (local_end.hour, local_end.minute) <= (last, 0)):
                yield f"{parameters['EnvironmentName']}: a window is {local:%a %H:%M}-{local_end:%H:%M} in Japan"
            if end - start < timedelta(minutes=30):
                yield f"{parameters['EnvironmentName']}: a window is shorter than 30 minutes"
        if any(start < maintenance[1] and maintenance[0] < end for start, end in windows):
            yield f"{parameters['EnvironmentName']}: backup and maintenance overlap"
        if parameters is DEV and maintenance[0].astimezone(TOKYO).weekday() > 4:
            yield "dev: maintenance falls on a weekend, when the database sleeps"


@rule
def app_user_has_a_generated_password_and_an_address(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    secret = stack["DatabaseAppSecret"]
    if "SecretString" in secret:
        yield "the template knows the app user's password"
    wanted = {"GenerateStringKey": "password", "ExcludePunctuation": True, "PasswordLength": 40}
    yield from differences(wanted, secret.get("GenerateSecretString", {}), "DatabaseAppSecret")
    wanted = {"SecretId": "<DatabaseAppSecret>", "TargetId": "<DatabaseInstance>", "TargetType": "AWS::RDS::DBInstance"}
    yield from differences(wanted, stack["DatabaseAppSecretAttachment"], "DatabaseAppSecretAttachment")
    if not str(secret.get("Name", "")).startswith("app/prod/"):
        yield f"DatabaseAppSecret is called {secret.get('Name')}"


@rule
def what_holds_state_says_what_becomes_of_it(template: Template) -> Iterator[Finding]:
    for name, resource in template.source["Resources"].items():
        if resource["Type"] in STATEFUL | {"AWS::SSM::Parameter"}:
            for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
                if policy not in resource:
                    yield f"{name} has no {policy}"
    database = template.source["Resources"]["DatabaseInstance"]
    wanted = {"DeletionPolicy": "Snapshot", "UpdateReplacePolicy": "Snapshot"}
    yield from differences(wanted, database, "DatabaseInstance")


def _window(text: str) -> tuple[datetime, datetime]:
    """``sun:19:30-sun:20:30`` as two instants of one week."""
    ends = []
    for end in text.split("-"):
        day, hour, minute = end.split(":")
        ends.append(MONDAY + timedelta(days=DAYS.index(day), hours=int(hour), minutes=int(minute)))
    return ends[0], ends[1] if ends[1] > ends[0] else ends[1] + timedelta(days=7)
