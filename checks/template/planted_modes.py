"""The planted faults of what a parameter switches on: Aurora, the web service, CloudFront, SSM, Datadog, schedules."""

from __future__ import annotations

from checks.template.planted import Fault

FAULTS = [
    # ── Aurora ──
    Fault(
        "aurora comes only on request and alone",
        "    Type: AWS::RDS::DBInstance\n    Condition: HasRds\n",
        "    Type: AWS::RDS::DBInstance\n",
    ),
    Fault(
        "aurora is private encrypted and backed up",
        "VpcSecurityGroupIds: [!Ref DatabaseSecurityGroup]",
        "VpcSecurityGroupIds: [!Ref EcsSecurityGroup]",
    ),
    Fault("aurora is private encrypted and backed up", "Family: aurora-postgresql17", "Family: aurora-postgresql16"),
    Fault(
        "aurora has a reader in production and its capacity", "      AuroraMaxAcu: '16'\n", "      AuroraMaxAcu: '64'\n"
    ),
    Fault("aurora has a reader in production and its capacity", "    DependsOn: DatabaseWriter\n", ""),
    Fault(
        "everything that knows the database knows aurora",
        "TargetId: !If [HasAurora, !Ref DatabaseCluster, !Ref DatabaseInstance]",
        "TargetId: !Ref DatabaseInstance",
    ),
    Fault(
        "everything that knows the database knows aurora",
        "!If [HasAurora, !Ref DatabaseWriter, !Ref DatabaseInstance]",
        "!If [HasAurora, !Ref DatabaseCluster, !Ref DatabaseInstance]",
    ),
    # ── by the clock ──
    Fault("bounds follow the clock only on request", "cron(0 22 * * ? *)", "cron(0 22 ? * MON-FRI *)"),
    Fault(
        "bounds follow the clock only on request",
        "            Schedule: cron(0 9 ? * MON-FRI *)\n            Timezone: Asia/Tokyo\n",
        "            Schedule: cron(0 9 ? * MON-FRI *)\n            Timezone: UTC\n",
    ),
    Fault(
        "bounds follow the clock only on request",
        "        - HasBusinessHours\n        - - Sch",
        "        - HasNat\n        - - Sch",
    ),
]
