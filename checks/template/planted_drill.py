"""The planted faults of drill.py."""

from __future__ import annotations

from checks.template.planted import Fault

SNAPSHOT = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:snapshot"

FAULTS = [
    Fault("drills come in production and by request", "      RestoreDrill: 'true'\n", "      RestoreDrill: 'false'\n"),
    Fault(
        "drills come in production and by request",
        "    - !Condition HasRds\n    - !Condition HasSecretsManager\n",
        "    - !Condition HasRds\n",
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
        "                  StringEquals: {aws:RequestTag/yakin:drill: !Ref AWS::StackName}\n              # mark them",
        "                  StringEquals: {aws:RequestTag/yakin:drill: other}\n              # mark them",
    ),
    Fault(
        "drill deletes only drills",
        f"                Action: rds:DeleteDBSnapshot\n                Resource: !Sub '{SNAPSHOT}:yakin-drill-*'",
        f"                Action: rds:DeleteDBSnapshot\n                Resource: !Sub '{SNAPSHOT}:*'",
    ),
    Fault(
        "drill copies home what the second region keeps",
        "snapshot:${DatabaseInstance}-dr-*'\n                - !Ref AWS::NoValue\n              - !If\n"
        "                - HasCopyDrill\n                # and here",
        "snapshot:*'\n                - !Ref AWS::NoValue\n              - !If\n"
        "                - HasCopyDrill\n                # and here",
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
