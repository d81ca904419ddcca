"""Aurora Serverless v2 in the place of the RDS instance."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Stack, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, PROD

AURORA = {name: parameters for name, parameters in ALL.items() if "DbEngineMode" in parameters}
# cfn-lint's list of versions (its rule E3690) has 17.4 to 17.9; 17.2, which a source names, never came to Aurora.
ONLY_AURORA = ("DatabaseCluster", "DatabaseClusterParameterGroup", "DatabaseWriter", "DatabaseReader")
ONLY_RDS = ("DatabaseInstance", "DatabaseParameterGroup", "DatabaseStorageAlarm")


@rule
def aurora_comes_only_on_request_and_alone(template: Template) -> Iterator[Finding]:
    plain = template.stack(PROD)
    yield from (f"{made} is made without a request" for made in ONLY_AURORA if plain[made])
    yield from (f"{made} is missing" for made in ONLY_RDS if not plain[made])
    for name, parameters in AURORA.items():
        stack = template.stack(parameters)
        yield from (f"{name}: {made} is made beside Aurora" for made in ONLY_RDS if stack[made])


@rule
def aurora_is_private_encrypted_and_backed_up(template: Template) -> Iterator[Finding]:
    for name, parameters in AURORA.items():
        stack = template.stack(parameters)
        restored, prod = "DbSnapshotIdentifier" in parameters, parameters["EnvironmentName"] == "prod"
        wanted = {
            "Engine": "aurora-postgresql",
            "EngineVersion": "17.9",
            "StorageEncrypted": None if restored else True,
            "DatabaseName": None if restored else "app",
            "MasterUsername": None if restored else "yakin_admin",
            "SnapshotIdentifier": parameters.get("DbSnapshotIdentifier"),
            "ManageMasterUserPassword": True,
            "BackupRetentionPeriod": 7,
            "CopyTagsToSnapshot": True,
            "DeletionProtection": str(prod).lower(),
            "PreferredBackupWindow": "18:00-19:00" if prod else "03:00-04:00",
            "PreferredMaintenanceWindow": "sun:19:30-sun:20:30" if prod else "tue:04:30-tue:05:30",
            "DBSubnetGroupName": "<DatabaseSubnetGroup>",
            "DBClusterParameterGroupName": "<DatabaseClusterParameterGroup>",
            "VpcSecurityGroupIds": ["<DatabaseSecurityGroup>"],
        }
        yield from differences(wanted, stack["DatabaseCluster"], f"{name}: DatabaseCluster")
        if "MasterUserPassword" in stack["DatabaseCluster"]:
            yield f"{name}: the template knows the master password"
        tls = {"Family": "aurora-postgresql17", "Parameters": {"rds.force_ssl": "1"}}
        yield from differences(tls, stack["DatabaseClusterParameterGroup"], "DatabaseClusterParameterGroup")


@rule
def aurora_has_a_reader_in_production_and_its_capacity(template: Template) -> Iterator[Finding]:
    for name, least, most, members in (
        ("prod aurora", "0.5", "16", ["DatabaseWriter", "DatabaseReader"]),
        ("dev aurora that pauses", "0", "4", ["DatabaseWriter"]),
    ):
        stack = template.stack(ALL[name])
        capacity = {"MinCapacity": least, "MaxCapacity": most}
        found = stack["DatabaseCluster"].get("ServerlessV2ScalingConfiguration", {})
        yield from differences(capacity, found, f"{name}: DatabaseCluster")
        made = [member.id for member in stack.of_type("AWS::RDS::DBInstance")]
        if made != members:
            yield f"{name}: the instances are {made}"
        for member in made:
            wanted = {
                "DBClusterIdentifier": "<DatabaseCluster>",
                "Engine": "aurora-postgresql",
                "DBInstanceClass": "db.serverless",
                "PubliclyAccessible": False,
            }
            yield from differences(wanted, stack[member], f"{name}: {member}")
    first = template.stack(ALL["prod aurora"]).resources["DatabaseReader"].attributes.get("DependsOn")
    if "DatabaseWriter" not in (first or []):
        yield "the reader may be made first, and write"
    small = template.stack({**AURORA["dev aurora that pauses"], "AuroraMaxAcu": ""})["DatabaseCluster"]
    yield from differences({"MaxCapacity": "2"}, small["ServerlessV2ScalingConfiguration"], "dev")


@rule
def everything_that_knows_the_database_knows_aurora(template: Template) -> Iterator[Finding]:
    stack = template.stack(ALL["prod aurora"])
    attached = {"TargetType": "AWS::RDS::DBCluster", "TargetId": "<DatabaseCluster>"}
    yield from differences(attached, stack["DatabaseAppSecretAttachment"], "DatabaseAppSecretAttachment")
    (container,) = stack["EcsTaskDefinition"]["ContainerDefinitions"]
    environment = {entry["Name"]: entry["Value"] for entry in container["Environment"]}
    place = {"DB_HOST": "<DatabaseCluster.Endpoint.Address>", "DB_PORT": "<DatabaseCluster.Endpoint.Port>"}
    yield from differences(place, environment, "the container")
    if "<DatabaseWriter>" not in [tag["Value"] for tag in stack["EcsService"]["Tags"]]:
        yield "the tasks may start before there is an instance behind the cluster's address"
    pattern = stack["DatabaseEventRule"]["EventPattern"]
    sources = {f"<Database{which}Arn>" for which in ("Cluster.DBCluster", "Writer.DBInstance", "Reader.DBInstance")}
    if set(pattern["resources"]) != sources or "RDS DB Cluster Event" not in pattern["detail-type"]:
        yield f"DatabaseEventRule hears {pattern['detail-type']} of {pattern['resources']}"
    for alarm in ("DatabaseConnectionsAlarm", "DatabaseCpuAlarm"):
        wanted = {"Dimensions": [{"Name": "DBClusterIdentifier", "Value": "<DatabaseCluster>"}]}
        yield from differences(wanted, stack[alarm], alarm)
    yield from _still_named(stack)


def _still_named(stack: Stack) -> Iterator[Finding]:
    """What refers to a thing that this set does not make would stop the deploy."""
    for name, resource in stack.resources.items():
        for gone in ONLY_RDS:
            if f"<{gone}" in str(resource.properties):
                yield f"{name} names {gone}"
    yield from (f"output {name} names {gone}" for name, value in stack.outputs.items() for gone in ONLY_RDS
                if f"<{gone}" in str(value))  # fmt: skip
