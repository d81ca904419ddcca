"""One fault or more for each rule: text of template.yaml, and what replaces it. A rule that stays green is broken."""

from __future__ import annotations

from dataclasses import dataclass

from checks.template.model import Template


@dataclass(frozen=True)
class Fault:
    rule: str
    old: str
    new: str

    def plant(self, text: str) -> Template:
        if self.old not in text:
            raise AssertionError(f"nothing to replace for '{self.rule}': {self.old!r}")
        return Template(text.replace(self.old, self.new))


FAULTS = [
    # ── layout ──
    Fault("sections stand in reading order", "\nMappings:", "\nMacros: {}\n\nMappings:"),
    Fault("contents list names every banner", "#   4 Scaling ", "#   4 Growing "),
    Fault("contents list names every banner", "#   7 Alarms ", "#   7 Alarms\n#   77 Extras "),
    Fault("logical ids belong to their section", "  NetworkVpc:\n", "  Vpc:\n"),
    Fault("every parameter is grouped once", "[MinCapacity, MaxCapacity,", "[MinCapacity,"),
    Fault("every parameter is described and bounded", "    AllowedPattern: '^/[A-Za-z0-9/_.-]*$'\n", ""),
    Fault("every parameter is described and bounded", "'^17\\.[0-9]+$'", "'17\\.[0-9]+'"),
    Fault("conditions are questions", "HasAlertEmail", "AlertEmailGiven"),
    Fault("physical names are given on purpose only", "            OmitName: true\n", ""),
    # ── network ──
    Fault("vpc is 10 0 with dns", "EnableDnsHostnames: true", "EnableDnsHostnames: false"),
    Fault("six subnets lie in three tiers and two zones", "${NetworkPrefix}.22.0/24", "${NetworkPrefix}.23.0/24"),
    Fault(
        "six subnets lie in three tiers and two zones",
        "AvailabilityZone: !Select [1, !GetAZs '']\n      CidrBlock: !Sub '${NetworkPrefix}.22.0/24'",
        "AvailabilityZone: !Select [0, !GetAZs '']\n      CidrBlock: !Sub '${NetworkPrefix}.22.0/24'",
    ),
    Fault(
        "nat gateways follow the mode",
        "!If [HasNatPerZone, !Ref NetworkNatGatewayB, !Ref NetworkNatGatewayA]",
        "!Ref NetworkNatGatewayA",
    ),
    Fault("nat gateways follow the mode", "HasNat: !Not [!Equals [!Ref NatMode, none]]", "HasNat: !Equals [a, a]"),
    Fault(
        "only the public tier reaches the internet gateway",
        "RouteTableId: !Ref NetworkAppRoutesA\n      DestinationCidrBlock",
        "RouteTableId: !Ref NetworkDataRoutes\n      DestinationCidrBlock",
    ),
    Fault(
        "only the public tier reaches the internet gateway",
        "SubnetId: !Ref NetworkDataSubnetB\n      RouteTableId: !Ref NetworkDataRoutes",
        "SubnetId: !Ref NetworkDataSubnetB\n      RouteTableId: !Ref NetworkPublicRoutes",
    ),
    Fault(
        "s3 endpoint serves both app route tables",
        "[!Ref NetworkAppRoutesA, !Ref NetworkAppRoutesB]",
        "[!Ref NetworkAppRoutesA]",
    ),
    Fault(
        "security groups let in and out exactly this",
        "SourceSecurityGroupId: !Ref EcsSecurityGroup",
        "CidrIp: 10.0.0.0/8",
    ),
    Fault(
        "security groups let in and out exactly this",
        "      FromPort: 443\n      ToPort: 443\n      CidrIp: 0.0.0.0/0\n\n  # A repository",
        "      FromPort: 0\n      ToPort: 65535\n      CidrIp: 0.0.0.0/0\n\n  # A repository",
    ),
    Fault(
        "security groups close their own lists",
        "      SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: 127.0.0.1/32, Description: nothing}]\n",
        "",
    ),
    Fault(
        "interface endpoints follow their switch",
        "ServiceName: !Sub 'com.amazonaws.${AWS::Region}.kms'",
        "ServiceName: !Sub 'com.amazonaws.${AWS::Region}.sts'",
    ),
    Fault(
        "interface endpoints follow their switch",
        "      ToPort: 443\n      SourceSecurityGroupId: !Ref EcsSecurityGroup",
        "      ToPort: 443\n      CidrIp: 0.0.0.0/0",
    ),
    Fault("flow log sees all traffic and ends", "TrafficType: ALL", "TrafficType: REJECT"),
    # ── edge ──
    Fault("https is remembered by browsers for a year", "max-age=31536000", "max-age=60"),
    Fault("certificate is given or made in the zone", "ValidationMethod: DNS", "ValidationMethod: EMAIL"),
    Fault(
        "certificate is given or made in the zone",
        "!If [HasGivenCertificate, !Ref CertificateArn, !Ref NameCertificate]",
        "!Ref CertificateArn",
    ),
    Fault(
        "name leads to the load balancer",
        "!GetAtt AlbLoadBalancer.CanonicalHostedZoneID",
        "!Ref HostedZoneId",
    ),
    Fault(
        "firewall stands before the load balancer",
        "Scope: REGIONAL\n      DefaultAction",
        "Scope: CLOUDFRONT\n      DefaultAction",
    ),
    Fault("firewall stands before the load balancer", "EvaluationWindowSec: 300", "EvaluationWindowSec: 60"),
    Fault("firewall stands before the load balancer", "AWSManagedRulesSQLiRuleSet", "AWSManagedRulesLinuxRuleSet"),
    Fault("firewall stands before the load balancer", "OverrideAction: {None: {}}", "OverrideAction: {Count: {}}"),
    Fault("firewall is on in production and by request", "      Waf: 'true'\n", "      Waf: 'false'\n"),
    Fault(
        "firewall is on in production and by request",
        "HasWafDenyList: !And [!Condition HasWaf, !Condition HasDeniedAddresses]",
        "HasWafDenyList: !Condition HasDeniedAddresses",
    ),
    Fault("firewall lists appear when they are given", "Priority: 1\n", "Priority: 5\n"),
    Fault("firewall lists appear when they are given", "!Split [',', !Ref IpDenyCidrs]", "[!Ref IpDenyCidrs]"),
    Fault("buckets are private encrypted and end", "        RestrictPublicBuckets: true\n", ""),
    Fault(
        "buckets are private encrypted and end",
        "Bool: {aws:SecureTransport: 'false'}",
        "Bool: {aws:SecureTransport: 'true'}",
    ),
    Fault("load balancer may write its log", "SSEAlgorithm: AES256", "SSEAlgorithm: aws:kms"),
    Fault("load balancer may write its log", "/alb/AWSLogs/", "/AWSLogs/"),
    # ── load balancer and service ──
    Fault(
        "load balancer faces the internet from both public subnets",
        "Key: deletion_protection.enabled, Value: !FindInMap [Environment, !Ref EnvironmentName, Protection]",
        "Key: deletion_protection.enabled, Value: 'false'",
    ),
    Fault(
        "health check finds a dead task within 30 seconds",
        "HealthCheckIntervalSeconds: 10",
        "HealthCheckIntervalSeconds: 30",
    ),
    Fault("http only redirects where there is a certificate", "StatusCode: HTTP_301", "StatusCode: HTTP_302"),
    Fault(
        "http only redirects where there is a certificate",
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-2016-08",
    ),
    Fault(
        "service waits for the listener that serves it",
        "!If [HasCertificate, !Ref AlbHttpsListener, !Ref AlbHttpListener]",
        "!Ref AlbHttpListener",
    ),
    Fault("task fits its environment", "!If [HasOwnTaskSize, !Ref TaskMemory,", "!If [IsDev, '2048',"),
    Fault(
        "container carries no secret in the open",
        "{Name: DB_SSLMODE, Value: require}",
        "{Name: DB_URL, Value: require}",
    ),
    Fault("container carries no secret in the open", "${DatabaseAppSecret}:password::", "${DatabaseAppSecret}:pass::"),
    Fault("container logs and stops in order", "StopTimeout: 60", "StopTimeout: 20"),
    Fault(
        "service rolls out safely and leaves the count to autoscaling",
        "      PlatformVersion: LATEST\n",
        "      PlatformVersion: LATEST\n      DesiredCount: 2\n",
    ),
    Fault(
        "service rolls out safely and leaves the count to autoscaling",
        "!If [IsRolling, {Enable: true, Rollback: true}",
        "!If [IsRolling, {Enable: true, Rollback: false}",
    ),
    Fault("capacity providers follow the spot mode", "      SpotMode: all-spot\n", "      SpotMode: 'off'\n"),
    Fault(
        "capacity providers follow the spot mode",
        "{CapacityProvider: FARGATE_SPOT, Base: 0, Weight: 4}",
        "{CapacityProvider: FARGATE_SPOT, Base: 2, Weight: 4}",
    ),
    Fault(
        "scaling keeps the bounds of an ordinary day",
        "ScaleInCooldown: !Ref ScaleInCooldown",
        "ScaleInCooldown: !Ref ScaleOutCooldown",
    ),
    Fault("scaling keeps the bounds of an ordinary day", "      MaxCapacity: '10'\n", "      MaxCapacity: '12'\n"),
    Fault(
        "service rolls out safely and leaves the count to autoscaling",
        "{AlarmNames: [!Ref AlbErrorsCriticalAlarm], Enable: true, Rollback: true}",
        "{AlarmNames: [!Ref AlbErrorsCriticalAlarm], Enable: false, Rollback: true}",
    ),
    Fault(
        "traffic shifts between two equal target groups",
        "{TargetGroupArn: !Ref AlbAlternateTargetGroup, Weight: 0}",
        "{TargetGroupArn: !Ref AlbAlternateTargetGroup, Weight: 100}",
    ),
    Fault(
        "traffic shifts between two equal target groups",
        "ProductionListenerRule: !Ref AlbProductionRule",
        "ProductionListenerRule: !Ref AlbHttpsListener",
    ),
    Fault(
        "shell and its permission come together",
        "EnableExecuteCommand: !If [HasExec, true, false]",
        "EnableExecuteCommand: true",
    ),
    Fault("visitors stick only on request", "Value: !Ref StickySessions", "Value: 'true'"),
    Fault("images are scanned immutable and expire", "ScanOnPush: true", "ScanOnPush: false"),
    Fault("images are scanned immutable and expire", '"tagStatus": "tagged"', '"tagStatus": "any"'),
    # ── database ──
    Fault("database is private encrypted and backed up", "!Ref AWS::NoValue, true]", "!Ref AWS::NoValue, false]"),
    Fault("database fits its environment", "DbInstanceClass: db.t4g.small", "DbInstanceClass: db.t4g.medium"),
    Fault("database stands in the data tier and takes tls only", "rds.force_ssl: '1'", "rds.force_ssl: '0'"),
    Fault(
        "database stands in the data tier and takes tls only",
        "[!Ref NetworkDataSubnetA, !Ref NetworkDataSubnetB]",
        "[!Ref NetworkDataSubnetA, !Ref NetworkAppSubnetB]",
    ),
    Fault(
        "database is restored from a snapshot only on request",
        "DBName: !If [HasSnapshot, !Ref AWS::NoValue, app]",
        "DBName: app",
    ),
    Fault("windows fall into the right hours of japan", "BackupWindow: 18:00-19:00", "BackupWindow: 03:00-04:00"),
    Fault(
        "windows fall into the right hours of japan",
        "MaintenanceWindow: sun:19:30-sun:20:30",
        "MaintenanceWindow: sun:18:30-sun:19:30",
    ),
    Fault("app user has a generated password and an address", "        ExcludePunctuation: true\n", ""),
    Fault("what holds state says what becomes of it", "    DeletionPolicy: Snapshot\n", "    DeletionPolicy: Delete\n"),
    Fault(
        "what holds state says what becomes of it",
        "    Type: AWS::SQS::Queue\n    DeletionPolicy: Delete\n",
        "    Type: AWS::SQS::Queue\n",
    ),
    Fault("only secrets manager calls the rotation", "      SourceArn: !Ref DatabaseAppSecret\n", ""),
    Fault("only secrets manager calls the rotation", "Principal: secretsmanager.amazonaws.com", "Principal: '*'"),
    Fault("no task starts before its user logs in", "    DependsOn: DatabaseUser\n", ""),
    Fault("no task starts before its user logs in", "      - NetworkS3Endpoint\n", ""),
    Fault("no task starts before its user logs in", "!Ref DatabaseAppSecretAttachment]", "!Ref DatabaseAppSecret]"),
    Fault("a parameter is rotated and adopted too", "Input: '{\"look\": true}'", "Input: '{\"doctor\": true}'"),
    Fault("a parameter is rotated and adopted too", "Action: ssm:GetParametersByPath", "Action: ssm:GetParameters*"),
    Fault(
        "rotation stands in the vpc and adoption outside",
        "        SecurityGroupIds: [!Ref SecretRotationSecurityGroup]\n",
        "        SecurityGroupIds: [!Ref EcsSecurityGroup]\n",
    ),
    Fault(
        "rotation stands in the vpc and adoption outside",
        "detail: {labelUpdated: [AWSCURRENT]}",
        "detail: {labelUpdated: [AWSPENDING]}",
    ),
    # ── alerts ──
    Fault("alarms are those of the table", "Threshold: !Ref MemoryAlarmPercent", "Threshold: 95"),
    Fault(
        "alarms are those of the table",
        "- {Name: Function, Value: sale-scaling}",
        "- {Name: Function, Value: SaleScaling}",
    ),
    Fault("alarms are those of the table", "  EcsMemoryAlarm:\n", "  EcsMemoryUseAlarm:\n"),
    Fault("alarms say when they are over and what they mean", "      OKActions: [!Ref WarningAlertsTopic]\n", ""),
    Fault("alarm on no healthy target spares dev", "    Condition: IsAwakeWithOneTargetGroup\n", ""),
    Fault(
        "both target groups are watched when traffic shifts",
        "IsAwakeWithOneTargetGroup: !And [!Condition IsAwakeAtNight, !Condition IsRolling]",
        "IsAwakeWithOneTargetGroup: !Condition IsAwakeAtNight",
    ),
    Fault("both target groups are watched when traffic shifts", "FILL(one, 0) + FILL(other, 0)", "FILL(one, 0)"),
    Fault(
        "error lines become the metric of their alarm",
        "MetricNamespace: !Sub 'Yakin/${AWS::StackName}'",
        "MetricNamespace: Yakin",
    ),
    Fault(
        "error lines become the metric of their alarm", "FilterPattern: '?ERROR ?FATAL'", "FilterPattern: 'ERROR FATAL'"
    ),
    # ── options ──
    Fault(
        "redis comes only on request and private", "TransitEncryptionEnabled: true", "TransitEncryptionEnabled: false"
    ),
    Fault(
        "redis comes only on request and private",
        "      ToPort: 6379\n      SourceSecurityGroupId: !Ref EcsSecurityGroup",
        "      ToPort: 6379\n      CidrIp: 10.0.0.0/16",
    ),
    Fault("partners secrets and ports come only on request", "ToPort: 27017", "ToPort: 65535"),
    Fault(
        "partners secrets and ports come only on request",
        "                    - !If [HasStripeSecret, !Ref StripeSecretArn, !Ref AWS::NoValue]\n",
        "",
    ),
    Fault(
        "generated secrets have no literal and a name",
        "      GenerateSecretString: {PasswordLength: 64, ExcludePunctuation: true}\n",
        "      SecretString: letmein\n",
    ),
    # ── overview ──
    Fault("dashboard shows only metrics that exist", '"TargetResponseTime"', '"ResponseTime"'),
    Fault(
        "dashboard shows only metrics that exist",
        "DatabaseKind: !If [HasAurora, DBClusterIdentifier, DBInstanceIdentifier]",
        "DatabaseKind: !If [HasAurora, DBClusterIdentifier, DBInstance]",
    ),
    Fault("saved query finds the newest errors", "sort @timestamp desc", "sort @timestamp asc"),
    Fault("budget tells at 80 and 100 percent and ahead", "NotificationType: FORECASTED", "NotificationType: ACTUAL"),
    Fault("budget tells at 80 and 100 percent and ahead", "MonthlyBudgetUsd: '1000'", "MonthlyBudgetUsd: '100'"),
    Fault(
        "topic policy lets in budget and alarms",
        "[budgets.amazonaws.com, cloudwatch.amazonaws.com]",
        "[budgets.amazonaws.com]",
    ),
    Fault("error rate counts the load balancers own errors", "FILL(requests, 0) + FILL(elb, 0)", "FILL(requests, 0)"),
    Fault("critical alarms have a second path", "      Protocol: email\n", "      Protocol: email-json\n"),
    Fault(
        "every topic reaches the queue",
        "      TopicArn: !Ref WarningAlertsTopic\n      Protocol: sqs",
        "      TopicArn: !Ref NoticesTopic\n      Protocol: sqs",
    ),
    Fault("queue policies let in exactly the sources", "                  - !GetAtt EcsTaskUnhealthyRule.Arn\n", ""),
    Fault(
        "ledger forgets and can be restored",
        "AttributeName: forget, Enabled: true",
        "AttributeName: forget, Enabled: false",
    ),
    Fault("queues keep and redrive", "VisibilityTimeout: 360", "VisibilityTimeout: 60"),
    Fault("queues keep and redrive", "      SqsManagedSseEnabled: true\n", ""),
    Fault(
        "events go to the queue and are not lost",
        "          DeadLetterConfig: {Arn: !GetAtt SlackAlertDeadLetters.Arn}\n",
        "",
    ),
    Fault(
        "topics take messages from alarms",
        "      DisplayName: Yakin critical\n",
        "      DisplayName: Yakin critical\n      KmsMasterKeyId: alias/aws/sns\n",
    ),
    # ── functions ──
    Fault(
        "every function has its whole block in order", "  SlackAlertHeartbeatAlarm:\n", "  SlackAlertSilenceAlarm:\n"
    ),
    Fault(
        "code is the zip of a module",
        "functions/slack-alert/target/slack-alert",
        "functions/slack-alert/target/classes",
    ),
    Fault(
        "sam build finds the make target of every function",
        "{BuildMethod: makefile, ContextPath: ., WorkingDirectory: .}",
        "{BuildMethod: makefile}",
    ),
    Fault("functions run on java 25 on arm", "    Architectures: [arm64]\n", ""),
    Fault(
        "handlers are in the module of their function",
        "SlackAlertHandler::handleRequest",
        "SlackHandler::handleRequest",
    ),
    Fault("functions get the environment they read", "          SALES_PARAMETER: !Ref SalesParameter\n", ""),
    Fault(
        "functions get the environment they read",
        "          SLACK_API_URL: !Ref SlackApiUrl\n",
        "          SLACK_API_URL: !Ref SlackApiUrl\n          EXTRA: x\n",
    ),
    Fault("function logs go to a group with an end", "      LoggingConfig: {LogGroup: !Ref SlackAlertLogGroup}\n", ""),
    Fault("function logs go to a group with an end", "LogRetentionDays: '7'", "LogRetentionDays: '14'"),
    Fault(
        "failed wake ups are kept",
        "      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt SaleScalingDeadLetters.Arn}\n",
        "",
    ),
    Fault(
        "sale scaling wakes every five minutes and on a new calendar",
        "operation: [Create, Update, Delete]",
        "operation: [Create, Update, LabelParameterVersion]",
    ),
    Fault(
        "sale scaling wakes every five minutes and on a new calendar",
        "ScheduleExpressionTimezone: Asia/Tokyo",
        "ScheduleExpressionTimezone: UTC",
    ),
    Fault("calendar is never written over", "Value: '{\"sales\": []}'", "Value: '{\"sales\": [ ]}'"),
    Fault(
        "calendar is never written over",
        "      Description: The sale calendar; edited by people, read by sale-scaling\n",
        "      Description: The sale calendar\n",
    ),
    Fault(
        "slack alert takes batches and answers for each message",
        "            FunctionResponseTypes: [ReportBatchItemFailures]\n",
        "",
    ),
    Fault(
        "snapshot check looks hourly in the morning and on the first",
        "ScheduleExpression: cron(0 6 1 * ? *)",
        "ScheduleExpression: cron(0 21 1 * ? *)",
    ),
    Fault(
        "heartbeats come three times before their alarm",
        "ScheduleExpression: rate(5 minutes)",
        "ScheduleExpression: rate(15 minutes)",
    ),
    Fault(
        "concurrency is reserved only on request",
        "!If [HasReservedConcurrency, !Ref ReservedConcurrency, !Ref AWS::NoValue]",
        "1",
    ),
    # ── access ──
    Fault(
        "roles may do exactly this",
        "                Action: application-autoscaling:RegisterScalableTarget\n",
        "                Action: application-autoscaling:PutScalingPolicy\n",
    ),
    Fault(
        "wildcards have a reason",
        "                Resource: [!Ref EcsService, !If [HasWeb, !Ref WebService, !Ref AWS::NoValue]]\n",
        "                Resource: '*'\n",
    ),
    Fault("wildcards have a reason", "Action: sns:Publish", "Action: sns:*"),
    Fault(
        "bounds are set on ecs services only",
        "                    application-autoscaling:service-namespace: ecs\n",
        "",
    ),
    Fault(
        "snapshot check deletes only what it made",
        "                    StringEquals: {aws:ResourceTag/yakin:made-by: snapshot-check}\n",
        "                    StringEquals: {aws:ResourceTag/yakin:made-by: anyone}\n",
    ),
    Fault("every statement says what for", "              # tell people\n", ""),
    Fault(
        "each function has a role of its own", "Role: !GetAtt SlackAlertRole.Arn", "Role: !GetAtt SaleScalingRole.Arn"
    ),
    Fault(
        "template names no account and no host", "LogGroupName: !Sub '/ecs/", "LogGroupName: !Sub '/123456789012/ecs/"
    ),
]
