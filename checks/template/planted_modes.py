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
    # ── CloudFront ──
    Fault(
        "cloudfront comes only on request",
        "HasCdn: !And [!Equals [!Ref EnableCloudFront, 'true'],",
        "HasCdn: !Or [!Equals [a, a],",
    ),
    Fault(
        "behind cloudfront only cloudfront gets in",
        "CidrIp: !If [HasCdn, !Ref AWS::NoValue, 0.0.0.0/0]",
        "CidrIp: 0.0.0.0/0",
    ),
    Fault("behind cloudfront only cloudfront gets in", "    Condition: IsOpenToAll\n", ""),
    Fault("behind cloudfront only cloudfront gets in", "!If [HasCdn, FORWARDED_IP, IP]", "IP"),
    Fault(
        "behind cloudfront only cloudfront gets in", "PositionalConstraint: EXACTLY", "PositionalConstraint: CONTAINS"
    ),
    Fault("cloudfront speaks tls and caches only assets", "TLSv1.2_2021", "TLSv1"),
    Fault(
        "cloudfront speaks tls and caches only assets",
        "CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        "CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6",
    ),
    Fault("cloudfront reaches the shop and its bucket alone", "SigningBehavior: always", "SigningBehavior: never"),
    Fault("cloudfront reaches the shop and its bucket alone", "distribution/${CdnDistribution}'", "distribution/*'"),
    Fault("cloudfront reaches the shop and its bucket alone", "!If [HasCdn, false, true]", "true"),
    Fault("exports go to a bucket of their own", "ExpirationInDays: 366", "ExpirationInDays: 3660"),
    Fault("buckets are private encrypted and end", "Bucket: !Ref DatabaseExportBucket", "Bucket: !Ref AlbLogBucket"),
    # ── Datadog and traces ──
    Fault("helpers come only on request", "HasXRay: !Equals [!Ref EnableXRay, 'true']", "HasXRay: !Equals [a, a]"),
    Fault(
        "helpers never stop the shop",
        "            Essential: false\n            MemoryReservation: 256\n",
        "            Essential: true\n            MemoryReservation: 256\n",
    ),
    Fault("helpers never stop the shop", "MemoryReservation: 128", "MemoryReservation: 768"),
    Fault(
        "helpers get what they need and no more",
        "                    - !If [HasDatadog, !Ref DatadogSecretArn, !Ref AWS::NoValue]\n\n",
        "\n",
    ),
    Fault("helpers get what they need and no more", "                    - xray:PutTelemetryRecords\n", ""),
    # ── secrets in Parameter Store ──
    Fault(
        "secrets lie in one store",
        "    Type: AWS::SecretsManager::Secret\n    Condition: HasSecretsManager\n",
        "    Type: AWS::SecretsManager::Secret\n",
    ),
    Fault(
        "secrets lie in one store",
        "      Type: String\n      Description: The sale calendar;",
        "      Type: SecureString\n      Description: The sale calendar;",
    ),
    Fault(
        "tasks read their secrets from the store",
        "ValueFrom: !If [HasSsmStore, !GetAtt SecretParameters.JwtSecret, !Ref SecretJwt]",
        "ValueFrom: !GetAtt SecretParameters.DatabaseAppUser",
    ),
    Fault(
        "tasks read their secrets from the store",
        "                  Action: ssm:GetParameters\n",
        "                  Action: ssm:GetParametersByPath\n",
    ),
    Fault(
        "secret bootstrap makes and never changes",
        "StringEquals: {ssm:Overwrite: 'true'}",
        "StringEquals: {ssm:Overwrite: 'false'}",
    ),
    Fault(
        "secret bootstrap makes and never changes",
        "Action: ssm:GetParameter\n                Resource: !Sub",
        "Action: ssm:GetParameters\n                Resource: !Sub",
    ),
]
