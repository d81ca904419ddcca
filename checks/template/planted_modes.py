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
    # ── pages and API ──
    Fault(
        "pages are a service only on request", "HasWeb: !Equals [!Ref ServiceMode, web-api]", "HasWeb: !Equals [a, a]"
    ),
    Fault(
        "paths lead to the api or the pages",
        "PathPatternConfig: {Values: [/api/*]}",
        "PathPatternConfig: {Values: [/*]}",
    ),
    Fault(
        "paths lead to the api or the pages",
        "          TargetGroupArn: !If [HasWeb, !Ref WebTargetGroup, !Ref AlbTargetGroup]\n  # With",
        "          TargetGroupArn: !Ref AlbTargetGroup\n  # With",
    ),
    Fault("pages are run and watched as the api is", "-web-cpu'\n      PolicyType", "-web-cpu'\n      PolicyKind"),
    Fault(
        "pages are run and watched as the api is",
        "DeploymentCircuitBreaker: {Enable: true, Rollback: true}\n      Enable",
        "DeploymentCircuitBreaker: {Enable: true, Rollback: false}\n      Enable",
    ),
    Fault(
        "pages have no secret and know the api by name", "RegistryArn: !GetAtt EcsDiscovery.Arn", "RegistryArn: none"
    ),
    Fault(
        "pages have no secret and know the api by name",
        "            - {Name: API_PORT, Value: !Ref ApiPort}\n",
        "            - {Name: API_PORT, Value: !Ref ApiPort}\n"
        "          Secrets: [{Name: DB_PASSWORD, ValueFrom: !Ref DatabaseAppSecret}]\n",
    ),
    # ── packets ──
    Fault(
        "packets pass only along the drawing",
        "      SourceSecurityGroupId: !Ref WebSecurityGroup\n  EcsEgressToDatabase:",
        "      SourceSecurityGroupId: !Ref NetworkEndpointSecurityGroup\n  EcsEgressToDatabase:",
    ),
    Fault(
        "packets pass only along the drawing",
        "      FromPort: 443\n      ToPort: 443\n      CidrIp: 0.0.0.0/0\n\n  WebTargetGroup:",
        "      FromPort: 0\n      ToPort: 65535\n      CidrIp: 0.0.0.0/0\n\n  WebTargetGroup:",
    ),
]
