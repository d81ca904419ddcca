"""What a function's role may do: allowed and denied as AWS decides, with AWS's words."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import api, iam, sessions
from rehearsal.aws.iam_conditions import holds, matches

ARN = "arn:aws:{}:ap-northeast-1:123456789012:{}"
SERVICE = ARN.format("ecs", "service/shop/web")
TOPIC = ARN.format("sns", "t")
DENIED = "AccessDeniedException"


@pytest.fixture
def function(served, wire):
    """``function(statement, ...)`` gives a role these statements and returns a client maker for its session."""

    def make(*statements):
        trust = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                            "Principal": {"Service": "lambda.amazonaws.com"}}]})  # fmt: skip
        role = api.client("iam").create_role(RoleName="the-role", AssumeRolePolicyDocument=trust)["Role"]
        document = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Resource": "*", **s} for s in statements],
        }
        api.client("iam").put_role_policy(RoleName="the-role", PolicyName="p", PolicyDocument=json.dumps(document))
        session = sessions.begin(served, role["Arn"], "the-function", "TheFunction")
        return lambda service: wire(service, session)

    return make


@pytest.fixture
def service(served):
    ecs = api.client("ecs")
    ecs.create_cluster(clusterName="shop")
    ecs.register_task_definition(family="web", containerDefinitions=[{"name": "a", "image": "b", "memory": 64}])
    ecs.create_service(cluster="shop", serviceName="web", taskDefinition="web", desiredCount=1,
                       tags=[{"key": "stage", "value": "dev"}])  # fmt: skip


def code(error) -> str:
    return error.value.response["Error"]["Code"]


def test_without_a_statement_the_call_is_denied_in_aws_words(served, function, service):
    ecs = function({"Action": "ecs:DescribeServices"})("ecs")
    assert ecs.describe_services(cluster="shop", services=["web"])["services"][0]["serviceName"] == "web"
    with pytest.raises(ClientError) as refused:
        ecs.update_service(cluster="shop", service="web", desiredCount=3)
    error = refused.value.response["Error"]
    assert (error["Code"], refused.value.response["ResponseMetadata"]["HTTPStatusCode"]) == (
        "AccessDeniedException",
        400,
    )
    assert error["Message"] == (
        "User: arn:aws:sts::123456789012:assumed-role/the-role/the-function is not authorized to perform: "
        f"ecs:UpdateService on resource: {SERVICE} because no identity-based policy allows the ecs:UpdateService action"
    )
    assert served.calls[-1].outcome == "denied"
    assert served.of_kind("denied")[0].facts == {
        "role": "the-role", "action": "ecs:UpdateService", "resource": SERVICE, "who": "TheFunction",
    }  # fmt: skip
    assert api.client("ecs").describe_services(cluster="shop", services=["web"])["services"][0]["desiredCount"] == 1
    assert iam.used_report(served) == {"the-role": [("ecs:DescribeServices", SERVICE)]}


def test_only_the_named_resource_is_allowed(served, function, service):
    ecs = function({"Action": "ecs:*", "Resource": ARN.format("ecs", "service/shop/we?")})("ecs")
    ecs.update_service(cluster="shop", service="web", desiredCount=2)
    with pytest.raises(ClientError, match="service/shop/other"):
        ecs.describe_services(cluster="shop", services=["web", "other"])
    with pytest.raises(ClientError, match="ecs:ListServices because"):
        ecs.list_services(cluster="shop")


def test_a_tag_of_the_resource_decides(served, function, service):
    tagged = {"Condition": {"StringEquals": {"aws:ResourceTag/stage": "dev"}}}
    ecs = function({"Action": "ecs:UpdateService", **tagged})("ecs")
    ecs.update_service(cluster="shop", service="web", desiredCount=2)
    api.client("ecs").tag_resource(resourceArn=SERVICE, tags=[{"key": "stage", "value": "prod"}])
    with pytest.raises(ClientError, match="not authorized"):
        ecs.update_service(cluster="shop", service="web", desiredCount=3)


def test_an_explicit_deny_wins(served, function, service):
    deny = {"Effect": "Deny", "Action": "ecs:UpdateService", "Resource": "*"}
    with pytest.raises(ClientError, match="with an explicit deny in an identity-based policy"):
        function({"Action": "*"}, deny)("ecs").update_service(cluster="shop", service="web")


def test_the_deployer_is_not_restricted_and_enforcement_can_be_off(served, wire, function, service):
    wire("ecs").update_service(cluster="shop", service="web", desiredCount=2)
    served.enforce_iam = False
    function({"Action": "sts:*"})("ecs").list_clusters()


@pytest.mark.parametrize(
    ("service_name", "operation", "params", "action", "resource", "error"),
    [
        ("rds", "stop_db_instance", {"DBInstanceIdentifier": "db-1"}, "rds:StopDBInstance", "db:db-1", "AccessDenied"),
        ("rds", "describe_db_instances", {}, "rds:DescribeDBInstances", "db:*", "AccessDenied"),
        ("sns", "publish", {"TopicArn": TOPIC, "Message": "m"}, "sns:Publish", "t", "AuthorizationError"),
        ("sqs", "send_message", {"QueueUrl": "http://x/1/q", "MessageBody": ""}, "sqs:SendMessage", "q",
         "AccessDenied"),
        ("ssm", "get_parameter", {"Name": "/yakin/a:good"}, "ssm:GetParameter", "parameter/yakin/a", DENIED),
        ("secretsmanager", "get_secret_value", {"SecretId": "s"}, "secretsmanager:GetSecretValue", "secret:s-??????",
         DENIED),
        ("lambda", "invoke", {"FunctionName": "f", "Qualifier": "live"}, "lambda:InvokeFunction", "function:f:live",
         DENIED),
        ("application-autoscaling", "register_scalable_target",
         {"ServiceNamespace": "ecs", "ResourceId": "service/a/b", "ScalableDimension": "ecs:service:DesiredCount"},
         "application-autoscaling:RegisterScalableTarget", "scalable-target/*", DENIED),
        ("scheduler", "get_schedule", {"Name": "n"}, "scheduler:GetSchedule", "schedule/default/n", DENIED),
        ("logs", "filter_log_events", {"logGroupName": "g"}, "logs:FilterLogEvents", "log-group:g:*",
         DENIED),
        ("events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "{}"}]}, "events:PutEvents",
         "event-bus/default", DENIED),
        ("dynamodb", "get_item", {"TableName": "t", "Key": {"k": {"S": "v"}}}, "dynamodb:GetItem", "table/t",
         DENIED),
        ("cloudwatch", "put_metric_data", {"Namespace": "N", "MetricData": [{"MetricName": "m", "Value": 1}]},
         "cloudwatch:PutMetricData", None, DENIED),
        ("ec2", "describe_subnets", {}, "ec2:DescribeSubnets", None, "UnauthorizedOperation"),
        ("ecs", "list_tasks", {"cluster": "c"}, "ecs:ListTasks", "container-instance/c/*", DENIED),
    ],
)  # fmt: skip
def test_each_service_names_its_action_and_resource(
    served, function, service_name, operation, params, action, resource, error
):
    client = function({"Action": "sts:*"})(service_name)
    with pytest.raises(ClientError) as refused:
        getattr(client, operation)(**params)
    assert code(refused) == error
    facts = served.of_kind("denied")[0].facts
    assert facts["action"] == action
    assert facts["resource"] == (ARN.format(action.split(":")[0], resource) if resource else "*")


def test_tags_at_creation_need_their_own_permission(served, function):
    rds = function({"Action": "rds:CreateDBSnapshot"})("rds")
    with pytest.raises(ClientError, match="rds:AddTagsToResource on resource: .*:snapshot:s"):
        rds.create_db_snapshot(DBInstanceIdentifier="d", DBSnapshotIdentifier="s", Tags=[{"Key": "a", "Value": "b"}])


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"StringEquals": {"aws:SourceVpc": "v"}}, "aws:sourcevpc"),
        ({"BinaryEquals": {"aws:UserId": "v"}}, "BinaryEquals"),
    ],
)
def test_what_the_embedded_iam_does_not_know_fails_loudly(served, function, condition, reason):
    with pytest.raises(ClientError, match=f"can't do ecs:ListClusters: the condition .*{reason}"):
        function({"Action": "ecs:ListClusters", "Condition": condition})("ecs").list_clusters()
    assert len(served.of_kind("not-emulated")) == 1


def test_a_managed_policy_of_aws_counts(served, wire):
    from rehearsal.aws import stack
    from rehearsal.tests import small_stack

    deployed = stack.deploy(served, small_stack.write(served.directory / "project"), settle=None)
    role = deployed.resources["WorkerRole"].attributes["Arn"]
    assert iam.allows(role, "sqs:ReceiveMessage", deployed.resources["Queue"].attributes["Arn"])
    assert iam.allows(role, "sns:Publish", deployed.physical_ids["Topic"])
    assert not iam.allows(role, "sns:Publish", "arn:aws:sns:ap-northeast-1:123456789012:other")
    session = sessions.begin(served, role, "worker", "Worker")
    wire("sns", session).publish(TopicArn=deployed.physical_ids["Topic"], Message="m")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"ecs:cluster": ["a", "shop"]}}, True),
        ({"StringNotEquals": {"ecs:cluster": ["a", "shop"]}}, False),
        ({"StringNotEquals": {"cloudwatch:namespace": "x"}}, True),  # an absent key is unequal
        ({"StringEquals": {"cloudwatch:namespace": "x"}}, False),
        ({"StringEqualsIfExists": {"cloudwatch:namespace": "x"}}, True),
        ({"Null": {"cloudwatch:namespace": "true", "ecs:cluster": "false"}}, True),
        ({"ForAllValues:StringLike": {"aws:TagKeys": ["yakin:*"]}}, False),
        ({"ForAnyValue:StringLike": {"aws:TagKeys": ["yakin:*"]}}, True),
        ({"ForAllValues:StringEquals": {"cloudwatch:namespace": "x"}}, True),
        ({"Bool": {"aws:SecureTransport": False}}, False),
        ({"NumericLessThan": {"aws:EpochTime": "100"}}, True),
        ({"DateGreaterThan": {"aws:CurrentTime": "2026-12-01T00:00:00Z"}}, True),
        ({"StringEquals": {"aws:PrincipalTag/a": "${ecs:cluster}"}}, True),
    ],
)
def test_condition_operators(condition, expected):
    context = {
        "ecs:cluster": "shop", "aws:tagkeys": ["yakin:a", "b"], "aws:securetransport": "true", "aws:epochtime": "42",
        "aws:currenttime": "2026-12-26T09:00:00+00:00", "aws:principaltag/a": "shop",
    }  # fmt: skip
    assert holds(condition, context) is expected


def test_wildcards():
    assert matches("arn:aws:s3:::a*/b?", "arn:aws:s3:::a.x/y/b1")
    assert not matches("arn:aws:s3:::a.b", "arn:aws:s3:::axb")


@pytest.mark.parametrize(
    ("listing", "code_of_a_missing_file"),
    [
        ({"Resource": "arn:aws:s3:::shop"}, "NoSuchKey"),
        # s3:prefix is no key of GetObject, so this lets nobody learn what is missing
        ({"Resource": "arn:aws:s3:::shop", "Condition": {"StringLike": {"s3:prefix": "drills/*"}}}, "AccessDenied"),
    ],
)
def test_a_missing_file_is_denied_to_whoever_may_not_list_the_whole_bucket(
    served, function, listing, code_of_a_missing_file
):
    api.client("s3").create_bucket(Bucket="shop", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    api.client("s3").put_object(Bucket="shop", Key="drills/a", Body=b"it is here")
    s3 = function({"Action": "s3:GetObject"}, {"Action": "s3:ListBucket", **listing})("s3")
    assert s3.get_object(Bucket="shop", Key="drills/a")["Body"].read() == b"it is here"
    with pytest.raises(ClientError) as refused:
        s3.get_object(Bucket="shop", Key="drills/b")
    assert code(refused) == code_of_a_missing_file
