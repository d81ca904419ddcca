"""A small SAM template for the tests of the embedded AWS; the project's own template has its own tests."""

from __future__ import annotations

import textwrap
import zipfile
from pathlib import Path

TEMPLATE = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
  MinCapacity: {Type: Number, Default: 2, MinValue: 1, MaxValue: 50}
  Zones: {Type: CommaDelimitedList, Default: 'a, c'}
  Domain: {Type: String, Default: ''}
Rules:
  ProductionHasADomain:
    RuleCondition: !Equals [!Ref Stage, prod]
    Assertions:
      - Assert: !Not [!Equals [!Ref Domain, '']]
        AssertDescription: production needs a domain
Mappings:
  Sizes: {dev: {Cpu: '256'}, prod: {Cpu: '512'}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Globals:
  Function:
    Runtime: java25
    Architectures: [arm64]
    Environment: {Variables: {STACK_NAME: !Ref AWS::StackName}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: !Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 6, 8]]
      AvailabilityZone: !Select [0, !GetAZs '']
  Cluster: {Type: AWS::ECS::Cluster}
  TaskDefinition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: !FindInMap [Sizes, !Ref Stage, Cpu]
      Memory: '512'
      ContainerDefinitions: [{Name: app, Image: !Sub 'shop:${Stage}', Essential: true}]
  Service:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      TaskDefinition: !Ref TaskDefinition
      LaunchType: FARGATE
      NetworkConfiguration:
        AwsvpcConfiguration: {Subnets: [!Ref Subnet], SecurityGroups: [!GetAtt Vpc.DefaultSecurityGroup]}
  ScalableTarget:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub service/${Cluster}/${Service.Name}
      MinCapacity: !Ref MinCapacity
      MaxCapacity: 10
  Topic: {Type: AWS::SNS::Topic, Properties: {Tags: [{Key: stage, Value: !Ref Stage}]}}
  Queue:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 90, KmsMasterKeyId: !If [IsProd, key, !Ref AWS::NoValue]}
  Parameter:
    Type: AWS::SSM::Parameter
    Properties: {Name: !Sub '/${AWS::StackName}/min', Type: String, Value: !Ref MinCapacity}
  OnlyInProd: {Type: AWS::SNS::Topic, Condition: IsProd}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/worker.zip
      Handler: a.B::c
      Environment: {Variables: {MIN_CAPACITY: !Ref MinCapacity, TOPIC: !Ref Topic}}
      Policies: [{Statement: [{Effect: Allow, Action: 'sns:Publish', Resource: !Ref Topic}]}]
      Events:
        Queue: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}}
        Every:
          Type: ScheduleV2
          Properties: {ScheduleExpression: rate(5 minutes), ScheduleExpressionTimezone: Asia/Tokyo}
Outputs:
  TopicName: {Value: !GetAtt Topic.TopicName}
  Zone: {Value: !Select [1, !Ref Zones]}
  Subnet: {Value: !Sub ['${Where} in ${AWS::Region}, ${!Literal}', {Where: !GetAtt Subnet.CidrBlock}]}
  Prod: {Condition: IsProd, Value: !Ref OnlyInProd}
"""


def write(directory: Path, template: str = TEMPLATE) -> Path:
    """The template and its function's zip in a directory; returns the template's path."""
    (directory / "functions").mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(directory / "functions" / "worker.zip", "w") as code:
        code.writestr("a/B.class", "not really")
    path = directory / "template.yaml"
    path.write_text(textwrap.dedent(template), encoding="utf-8")
    return path
