"""The planted faults of drill.py."""

from __future__ import annotations

from checks.template.planted import Fault

RDS = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}"
OSAKA = RDS.replace("AWS::Region", "DrRegion")
AND_HERE = (
    "                - !Ref AWS::NoValue\n              - !If\n                - HasCopyDrill\n                # and"
)

FAULTS = [
    Fault("drills come in production and by request", "      RestoreDrill: 'true'\n", "      RestoreDrill: 'false'\n"),
    Fault(
        "drills come in production and by request",
        "!Condition ImpliesDrill]\n    - !Condition HasSecretsManager\n",
        "!Condition ImpliesDrill]\n    - !Condition HasRds\n",
    ),
    Fault(
        "drill looks every five minutes on sundays and hourly", "cron(0/5 3-11 ? * SUN *)", "cron(0/5 18-2 ? * SUN *)"
    ),
    Fault(
        "only the drill enters a restored database",
        "      ToPort: 5432\n      SourceSecurityGroupId: !Ref RestoreDrillSecurityGroup\n\n  RestoreDrillFunction",
        "      ToPort: 5432\n      SourceSecurityGroupId: !Ref EcsSecurityGroup\n\n  RestoreDrillFunction",
    ),
    Fault(
        "only the drill enters a restored database",
        "        SecurityGroupIds: [!Ref RestoreDrillSecurityGroup]\n",
        "        SecurityGroupIds: [!Ref EcsSecurityGroup]\n",
    ),
    Fault(
        "drill deletes only drills",
        "                Condition:\n"
        "                  StringEquals: {aws:ResourceTag/yakin:drill: !Ref AWS::StackName}\n",
        "",
    ),
    Fault(
        "drill deletes only drills",
        "                  StringEquals: {aws:RequestTag/yakin:drill: !Ref AWS::StackName}\n              - !If\n"
        "                - HasAurora\n                # give",
        "                  StringEquals: {aws:RequestTag/yakin:drill: other}\n              - !If\n"
        "                - HasAurora\n                # give",
    ),
    Fault(
        "drill deletes only drills",
        f"DeleteDBSnapshot]\n                Resource: !Sub\n                  - '{RDS}:${{Snapshot}}:yakin-drill-*'",
        f"DeleteDBSnapshot]\n                Resource: !Sub\n                  - '{RDS}:${{Snapshot}}:*'",
    ),
    Fault(
        "drill deletes only drills",
        f"Action: rds:DeleteDBCluster\n                  Resource: !Sub '{RDS}:cluster:yakin-drill-*'",
        "Action: rds:DeleteDBCluster\n                  Resource: !GetAtt DatabaseCluster.DBClusterArn",
    ),
    Fault(
        "drill of aurora adds instances to its own clusters only",
        f"                    - !Sub '{RDS}:cluster:yakin-drill-*'\n",
        f"                    - !Sub '{RDS}:cluster:*'\n",
    ),
    Fault(
        "drill of aurora adds instances to its own clusters only",
        "DRILL_INSTANCE_CLASS: !If [HasAurora, db.serverless, !Ref DrillInstanceClass]",
        "DRILL_INSTANCE_CLASS: !Ref DrillInstanceClass",
    ),
    Fault(
        "drill of aurora may do exactly this",
        f"                  Action: rds:DescribeDBClusters\n                  Resource: !Sub '{RDS}:cluster:*'",
        f"                  Action: rds:DescribeDBClusters\n                  Resource: !Sub '{RDS}:*'",
    ),
    Fault(
        "drill copies home what the second region keeps",
        f"                  Resource: !Sub\n                    - '{OSAKA}:${{Snapshot}}:${{Database}}-dr-*'\n"
        "                    - Snapshot: !If [HasAurora, cluster-snapshot, snapshot]\n"
        "                      Database: !If [HasAurora, !Ref DatabaseCluster, !Ref DatabaseInstance]\n" + AND_HERE,
        f"                  Resource: !Sub '{OSAKA}:snapshot:*'\n{AND_HERE}",
    ),
    Fault(
        "drill copies home what the second region keeps",
        "HasCopyDrill: !And [!Condition HasDrill, !Condition HasSecondRegion, !Condition HasNat]",
        "HasCopyDrill: !And [!Condition HasDrill, !Condition HasSecondRegion]",
    ),
    Fault(
        "drill reads the secrets of drills and its reader only",
        "aws:ResourceTag/aws:rds:primaryDBInstanceArn",
        "aws:ResourceTag/anything",
    ),
    Fault(
        "drill reads the secrets of drills and its reader only",
        f"aws:rds:primaryDBClusterArn: !Sub '{RDS}:cluster:yakin-drill-*'",
        f"aws:rds:primaryDBClusterArn: !Sub '{RDS}:cluster:*'",
    ),
    Fault(
        "evidence of drills is kept a year and their checks are the teams",
        "EVIDENCE_BUCKET: !Ref DatabaseExportBucket",
        "EVIDENCE_BUCKET: !Ref AlbLogBucket",
    ),
    Fault(
        "evidence of drills is kept a year and their checks are the teams",
        "      Value: '{\"checks\": []}'\n",
        "      Value: '{\"checks\": []}'\n      Tags: {owner: team}\n",
    ),
    Fault(
        "rotation makes the reader",
        "      SecretId: !Ref DatabaseReaderSecret\n      RotationLambdaARN",
        "      SecretId: !Ref DatabaseAppSecret\n      RotationLambdaARN",
    ),
    Fault(
        "rotation makes the reader",
        "      SecretId: !Ref DatabaseReaderSecret\n      TargetType: !If [HasAurora, AWS::RDS::DBCluster,",
        "      SecretId: !Ref DatabaseReaderSecret\n      TargetType: !If [HasAurora, AWS::RDS::DBInstance,",
    ),
    Fault(
        "drill reaches aws without the internet",
        "HasDrillEndpoints: !And [!Condition HasDrillDoor, !Not [!Condition HasNat]]",
        "HasDrillEndpoints: !Condition HasDrillDoor",
    ),
    Fault(
        "drill reaches aws without the internet",
        "com.amazonaws.${AWS::Region}.sns",
        "com.amazonaws.${AWS::Region}.sqs",
    ),
]
