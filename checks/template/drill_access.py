"""What the restore drill may do with Aurora, exactly; access.py says it for the RDS instance."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.access import ALLOWED, ARN, KEY_ABROAD, THERE, _granted
from checks.template.drill import AURORA, AURORA_ABROAD
from checks.template.model import Template
from checks.template.rules import Finding, rule

CLUSTER = ARN.format("rds", "cluster:yakin-drill-*")
MEMBER = ARN.format("rds", "db:yakin-drill-*")
COPY = ARN.format("rds", "cluster-snapshot:yakin-drill-*")
SECRET = ARN.format("secretsmanager", "secret:rds!cluster-*")
GROUPS = [ARN.format("rds", name) for name in ("subgrp:<DatabaseSubnetGroup>", "og:default:*")]

# What has nothing to do with the kind of the database is the same.
SAME = {
    (action, resource)
    for action, resource in ALLOWED["RestoreDrillRole"]
    if not action.startswith("rds:") and "secret:rds!" not in resource
}
WITH_AURORA = SAME | {
    ("rds:DescribeDBInstances", ARN.format("rds", "db:*")),
    ("rds:DescribeDBClusters", ARN.format("rds", "cluster:*")),
    *(("rds:DescribeDBClusterSnapshots", ARN.format("rds", f"{kind}:*")) for kind in ("cluster", "cluster-snapshot")),
    *(
        (f"rds:RestoreDBCluster{how}", resource)
        for how in ("FromSnapshot", "ToPointInTime")
        for resource in (
            "<DatabaseCluster.DBClusterArn>",
            ARN.format("rds", "cluster-snapshot:rds:<DatabaseCluster>-*"),
            COPY,
            CLUSTER,
            ARN.format("rds", "cluster-pg:<DatabaseClusterParameterGroup>"),
            *GROUPS,
        )
    ),
    *(("rds:CreateDBInstance", resource) for resource in (CLUSTER, MEMBER, ARN.format("rds", "pg:default.*"), *GROUPS)),
    *(("rds:AddTagsToResource", resource) for resource in (CLUSTER, MEMBER, COPY)),
    *((f"rds:{action}DBCluster", CLUSTER) for action in ("Modify", "Delete")),
    ("rds:DeleteDBInstance", MEMBER),
    ("rds:DeleteDBClusterSnapshot", COPY),
    *((f"secretsmanager:{action}", SECRET) for action in ("CreateSecret", "TagResource", "GetSecretValue")),
}
COPIES_ABROAD = THERE.format("cluster-snapshot:<DatabaseCluster>-dr-*")
WITH_COPIES = WITH_AURORA | {
    *(
        ("rds:DescribeDBClusterSnapshots", THERE.format(what))
        for what in ("cluster:<DatabaseCluster>", "cluster-snapshot:*")
    ),
    *(("rds:CopyDBClusterSnapshot", resource) for resource in (COPIES_ABROAD, COPY)),
    *((f"kms:{action}", KEY_ABROAD) for action in ("DescribeKey", "CreateGrant")),
}


@rule
def drill_of_aurora_may_do_exactly_this(template: Template) -> Iterator[Finding]:
    for name, parameters, allowed in (
        ("aurora", AURORA, WITH_AURORA),
        ("aurora with a second region", AURORA_ABROAD, WITH_COPIES),
    ):
        granted = set(_granted(template.stack(parameters).resources["RestoreDrillRole"]))
        yield from (f"{name}: may {action} on {resource}" for action, resource in sorted(granted - allowed))
        yield from (f"{name}: may not {action} on {resource}" for action, resource in sorted(allowed - granted))
