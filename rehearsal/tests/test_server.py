"""The door: calls become evidence, faults arrive as the SDK would see them, and the server can fork."""

from __future__ import annotations

import json
import os
import threading

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ConnectionError

from rehearsal.aws import api, server, sessions
from rehearsal.aws.faults import THROTTLED, DropAfter, DropBefore, FaultRule, Kill, Refuse
from rehearsal.aws.wire import Response

ROLE = "arn:aws:iam::123456789012:role/some-role"


def topics() -> list[str]:
    return [topic["TopicArn"].split(":")[-1] for topic in api.client("sns").list_topics()["Topics"]]


def test_a_call_is_evidence_with_action_params_and_caller(served, wire):
    served.enforce_iam = False
    session = sessions.begin(served, ROLE, "yakin-SaleScaling", "SaleScalingFunction")
    session.invocation = "request-7"
    wire("ecs", session).describe_clusters(clusters=["shop"])
    wire("sns").create_topic(Name="notices")
    first, second = served.calls
    assert (first.who, first.action, first.params) == (
        "SaleScalingFunction", "ecs:DescribeClusters", {"clusters": ["shop"]},
    )  # fmt: skip
    assert (first.number, first.outcome, first.invocation) == (1, "ok", "request-7")
    assert (second.who, second.action, second.params["Name"]) == ("deployer", "sns:CreateTopic", "notices")


@pytest.mark.parametrize(
    ("service", "operation", "params", "action"),
    [
        ("sqs", "list_queues", {"QueueNamePrefix": "a"}, "sqs:ListQueues"),
        ("rds", "describe_db_instances", {}, "rds:DescribeDBInstances"),
        ("lambda", "list_functions", {}, "lambda:ListFunctions"),
        ("scheduler", "list_schedules", {"GroupName": "g"}, "scheduler:ListSchedules"),
        ("s3", "list_buckets", {}, "s3:ListBuckets"),
        ("cloudwatch", "describe_alarms", {"AlarmNames": ["x"]}, "cloudwatch:DescribeAlarms"),
        ("ec2", "describe_vpcs", {}, "ec2:DescribeVpcs"),
        ("resourcegroupstaggingapi", "get_tag_keys", {}, "tag:GetTagKeys"),
        ("elbv2", "describe_load_balancers", {}, "elasticloadbalancing:DescribeLoadBalancers"),
    ],
)
def test_every_protocol_is_understood(served, wire, service, operation, params, action):
    getattr(wire(service), operation)(**params)
    assert [call.action for call in served.calls] == [action]
    assert params.items() <= served.calls[0].params.items()
    assert served.calls[0].outcome == "ok"


def test_cloudwatch_numbers_and_times_survive_cbor(served, wire):
    client = wire("cloudwatch")
    when = served.clock.now()
    data = {"MetricName": "m", "Value": 2.5, "Timestamp": when}
    client.put_metric_data(Namespace="Shop", MetricData=[data])
    read = client.get_metric_statistics(
        Namespace="Shop", MetricName="m", StartTime=when, EndTime=when.replace(hour=10), Period=60, Statistics=["Sum"]
    )
    assert [(point["Timestamp"], point["Sum"]) for point in read["Datapoints"]] == [(when, 2.5)]


def test_secrets_do_not_become_evidence(served, wire):
    wire("secretsmanager").create_secret(Name="s", SecretString="hush")
    assert served.calls[0].params["SecretString"] == "***"


def test_an_error_of_the_service_is_the_outcome(served, wire):
    with pytest.raises(ClientError):
        wire("rds").describe_db_instances(DBInstanceIdentifier="nobody")
    assert served.calls[0].outcome == "DBInstanceNotFound"


@pytest.mark.parametrize("service", ["ecs", "rds", "lambda", "cloudwatch", "sqs", "s3", "ec2", "sns"])
def test_a_refusal_is_a_typed_error_in_every_protocol(served, wire, service):
    served.on_call.append(FaultRule(".*", Refuse("ThrottlingException", "Rate <exceeded>", 429)))
    operation = {
        "ecs": "list_clusters", "rds": "describe_db_instances", "lambda": "list_functions", "ec2": "describe_vpcs",
        "cloudwatch": "describe_alarms", "sqs": "list_queues", "s3": "list_buckets", "sns": "list_topics",
    }[service]  # fmt: skip
    with pytest.raises(ClientError) as refused:
        getattr(wire(service), operation)()
    error = refused.value.response["Error"]
    assert (error["Code"], error["Message"]) == ("ThrottlingException", "Rate <exceeded>")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert served.calls[0].outcome == "fault: ThrottlingException"


def test_a_rule_hits_as_often_as_told_and_only_its_target(served, wire):
    served.on_call.append(FaultRule("sns:CreateTopic", THROTTLED, who="deployer", times=2))
    wire("sns").list_topics()
    for _ in range(2):
        with pytest.raises(ClientError, match="Rate exceeded"):
            wire("sns").create_topic(Name="t")
    wire("sns").create_topic(Name="t")
    assert topics() == ["t"]


def test_a_drop_before_has_no_effect(served, wire):
    served.on_call.append(FaultRule("sns:CreateTopic", DropBefore()))
    with pytest.raises((ConnectionError, ConnectionClosedError)):
        wire("sns").create_topic(Name="t")
    assert topics() == []
    assert served.calls[0].outcome == "fault: DropBefore"


def test_a_drop_is_a_reset_and_not_an_orderly_end(served, wire):
    import socket

    sent = []
    client = wire("sns")
    client.meta.events.register("before-send.*", lambda request, **_: sent.append(request) or None)
    client.list_topics()
    served.on_call.append(FaultRule("sns:ListTopics", DropAfter()))
    with socket.create_connection(("127.0.0.1", int(served.url.rsplit(":", 1)[1]))) as raw:
        head = "".join(f"{name}: {_text(value)}\r\n" for name, value in sent[0].headers.items())
        raw.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode() + sent[0].body.encode())
        with pytest.raises(ConnectionResetError):
            raw.recv(1)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def test_a_drop_after_has_taken_effect(served, wire):
    served.on_call.append(FaultRule("sns:CreateTopic", DropAfter()))
    with pytest.raises((ConnectionError, ConnectionClosedError)):
        wire("sns").create_topic(Name="t")
    assert topics() == ["t"]


@pytest.mark.parametrize(("executed", "made"), [(False, []), (True, ["t"])])
def test_a_kill_calls_the_hook_and_never_answers(served, wire, executed, made):
    killed = []
    served.kill = lambda: killed.append(True)
    served.on_call.append(FaultRule("sns:CreateTopic", Kill(executed)))
    with pytest.raises((ConnectionError, ConnectionClosedError)):
        wire("sns").create_topic(Name="t")
    assert killed == [True]
    assert topics() == made


def test_a_gate_after_the_call_sees_its_outcome(served, wire):
    class FailEverySuccess:
        def before(self, call):
            return None

        def after(self, call):
            return Refuse("InternalFailure", "lost", 500) if call.outcome == "ok" else None

    served.on_call.append(FailEverySuccess())
    with pytest.raises(ClientError, match="lost"):
        wire("sns").create_topic(Name="t")
    assert topics() == ["t"]


def test_what_is_not_emulated_fails_loudly_and_is_not_retried(served, wire):
    with pytest.raises(ClientError, match="the embedded AWS can't do ecs:ListServiceDeployments") as failed:
        wire("ecs").list_service_deployments(service="s", cluster="c")
    assert failed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert served.of_kind("not-emulated")[0].facts["action"] == "ecs:ListServiceDeployments"


def test_motos_own_cloudformation_is_closed(served, wire):
    with pytest.raises(ClientError, match="stacks are made by stack.py"):
        wire("cloudformation").describe_stacks()


def test_a_mounted_service_is_evidence_and_can_fail(served):
    def slack(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"ok": True, "path": environ["PATH_INFO"]}).encode()]

    server.mount(
        served, "/slack", slack,
        describe=lambda environ, body: (f"slack:{environ['PATH_INFO'].rsplit('/', 1)[-1]}", json.loads(body)),
        refuse=lambda fault: Response(fault.status, [], fault.code.encode()),
    )  # fmt: skip
    import urllib.error
    import urllib.request

    def post() -> bytes:
        request = urllib.request.Request(f"{served.url}/slack/api/chat.postMessage", data=b'{"text": "hi"}')
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    assert json.loads(post()) == {"ok": True, "path": "/api/chat.postMessage"}
    assert (served.calls[0].action, served.calls[0].params) == ("slack:chat.postMessage", {"text": "hi"})
    served.on_call.append(FaultRule("slack:.*", Refuse("ratelimited", "", 429)))
    with pytest.raises(urllib.error.HTTPError) as refused:
        post()
    assert (refused.value.code, refused.value.read()) == (429, b"ratelimited")


def test_one_connection_serves_many_calls(served):
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", int(served.url.rsplit(":", 1)[1]))
    statuses = []
    for _ in range(3):
        connection.request("GET", "/nothing")
        answer = connection.getresponse()
        answer.read()
        statuses.append((answer.status, answer.will_close))
    assert statuses == [(403, False)] * 3


def test_after_stop_a_child_serves_the_same_world_on_the_same_port(served, wire):
    wire("sns").create_topic(Name="before-the-fork")  # leaves an idle connection open
    url = served.url
    server.stop()
    assert [thread.name for thread in threading.enumerate() if thread.name != "MainThread"] == []
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            server.start(served)
            seen = boto3.client(
                "sns", region_name="ap-northeast-1", endpoint_url=served.url, aws_access_key_id="x",
                aws_secret_access_key="x",
            ).list_topics()["Topics"]  # fmt: skip
            os.write(writing, json.dumps([served.url, seen]).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        child_url, seen = json.load(answer)
    os.waitpid(child, 0)
    assert child_url == url
    assert seen[0]["TopicArn"].endswith(":before-the-fork")
    server.start(served)  # the fixture stops it
    assert served.url == url
