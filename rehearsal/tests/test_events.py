"""EventBridge and SNS: who gets what, in which shape."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import api, event_input, events, resource_policy
from rehearsal.tests.functions import arn_of, create_function, create_queue, messages_of

NAMED = '"<no>|<aws.events.rule-name>"'
STOPPED = {"lastStatus": "STOPPED", "containers": [{"name": "app", "exitCode": 137}], "stoppedReason": 'the "cause"'}


def rule(pattern: dict, *targets: dict, name: str = "stopped", **settings) -> None:
    api.client("events").put_rule(Name=name, EventPattern=json.dumps(pattern), **settings)
    numbered = [{"Id": str(number), **target} for number, target in enumerate(targets)]
    api.client("events").put_targets(Rule=name, Targets=numbered)


def emit() -> None:
    events.emit("aws.ecs", "ECS Task State Change", STOPPED, ["arn:aws:ecs:task/1"])


def bodies(queue: str) -> list[str]:
    return [message["Body"] for message in messages_of(queue)]


def test_an_event_of_a_service_reaches_the_matching_rules(functions):
    queue = create_queue("events")
    rule({"source": ["aws.ecs"], "detail": {"lastStatus": ["STOPPED"]}}, {"Arn": queue})
    rule({"source": ["aws.ecs"], "detail": {"lastStatus": ["RUNNING"]}}, {"Arn": queue}, name="running")
    rule({"source": ["aws.ecs"]}, {"Arn": queue}, name="asleep", State="DISABLED")
    emit()
    (body,) = bodies("events")
    event = json.loads(body)
    assert list(event) == [
        "version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail",
    ]  # fmt: skip
    assert (event["time"], event["region"], event["detail"]) == ("2026-12-26T09:00:00Z", "ap-northeast-1", STOPPED)
    assert [record.facts["outcome"] for record in functions.of_kind("delivery")] == ["ok"]


def test_every_known_kind_of_target_is_served(functions):
    create_function("probe")
    open_to_all = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*"}]}
    attributes = {"Policy": json.dumps(open_to_all)}
    topic = api.client("sns").create_topic(Name="notices", Attributes=attributes)["TopicArn"]
    api.client("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="oncall@example.com")
    api.client("logs").create_log_group(logGroupName="/aws/events/all")
    group = "arn:aws:logs:ap-northeast-1:123456789012:log-group:/aws/events/all"
    rule({"source": ["aws.ecs"]}, {"Arn": arn_of("probe")}, {"Arn": topic}, {"Arn": group})
    emit()
    functions.clock.run_for(timedelta(0))
    assert [record.facts["trigger"] for record in functions.of_kind("invocation")] == ["rule stopped"]
    assert json.loads(functions.of_kind("email")[0].facts["text"])["source"] == "aws.ecs"
    (logged,) = api.client("logs").filter_log_events(logGroupName="/aws/events/all")["events"]
    assert json.loads(logged["message"])["detail"] == STOPPED


def test_an_unknown_target_or_property_fails_loudly(functions):
    rule({"source": ["aws.ecs"]}, {"Arn": "arn:aws:states:ap-northeast-1:123456789012:stateMachine:x"})
    with pytest.raises(NotImplementedError, match="stateMachine"):
        emit()
    with pytest.raises(ClientError, match="EcsParameters"):
        rule({"source": ["a"]}, {"Arn": "arn:aws:ecs:x", "EcsParameters": {"TaskDefinitionArn": "arn:aws:ecs:y"}})
    with pytest.raises(ClientError, match="ScheduleExpression"):
        api.client("events").put_rule(Name="cron", ScheduleExpression="rate(1 minute)")


def test_a_missing_target_goes_to_the_dead_letters(functions):
    dead_letters = create_queue("dead-letters")
    gone = "arn:aws:sqs:ap-northeast-1:123456789012:gone"
    rule({"source": ["aws.ecs"]}, {"Arn": gone, "DeadLetterConfig": {"Arn": dead_letters}}, {"Arn": gone})
    emit()
    assert json.loads(bodies("dead-letters")[0])["source"] == "aws.ecs"
    assert [record.facts["outcome"][:6] for record in functions.of_kind("delivery")] == ["failed", "failed"]
    assert len(functions.of_kind("lost")) == 1


def test_a_queue_that_does_not_let_the_service_in_gets_nothing(functions):
    """The usual mistake: a new rule or topic that the queue's policy does not name."""
    known = "arn:aws:events:ap-northeast-1:123456789012:rule/known"
    statement = {
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
        "Resource": "*", "Condition": {"ArnEquals": {"aws:SourceArn": [known]}},
    }  # fmt: skip
    queue = create_queue("alerts", Policy={"Statement": [statement]})
    target = {"Arn": queue, "DeadLetterConfig": {"Arn": create_queue("dead-letters")}}
    rule({"source": ["aws.ecs"]}, target, name="known")
    rule({"source": ["aws.ecs"]}, target, name="new")
    topic = api.client("sns").create_topic(Name="notices")["TopicArn"]
    api.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    emit()
    api.client("sns").publish(TopicArn=topic, Message="hello")
    assert len(bodies("alerts")) == 1
    (dead,) = messages_of("dead-letters")
    assert dead["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "NO_PERMISSIONS"
    (lost,) = functions.of_kind("lost")
    assert (
        "does not let sns.amazonaws.com in for arn:aws:sns:ap-northeast-1:123456789012:notices" in lost.facts["reason"]
    )


def test_the_default_policy_of_a_topic_lets_alarms_in_but_not_rules(functions):
    topic = api.client("sns").create_topic(Name="notices")["TopicArn"]
    resource_policy.check(resource_policy.Sender("cloudwatch.amazonaws.com", "arn:aws:cloudwatch:alarm:a"), topic)
    with pytest.raises(resource_policy.DeniedError, match="does not let events.amazonaws.com in"):
        resource_policy.check(resource_policy.Sender("events.amazonaws.com", "arn:aws:events:rule/r"), topic)


def test_functions_may_put_events_but_not_in_the_name_of_aws(functions):
    rule({"source": ["shop"]}, {"Arn": create_queue("events")})
    entry = {"Source": "shop", "DetailType": "Sale", "Detail": '{"name": "winter"}'}
    answer = api.client("events").put_events(Entries=[{**entry, "Source": "aws.ecs"}, entry])
    assert answer["FailedEntryCount"] == 1
    assert answer["Entries"][0]["ErrorCode"] == "NotAuthorizedForSourceException"
    event = json.loads(bodies("events")[0])
    assert (event["id"], event["time"]) == (answer["Entries"][1]["EventId"], "2026-12-26T09:00:00Z")
    assert [record.facts["source"] for record in functions.of_kind("event")] == ["shop"]


@pytest.mark.parametrize(
    ("target", "payload"),
    [
        ({"Input": '{"dryRun": true}'}, '{"dryRun": true}'),
        ({"InputPath": "$.detail.containers[0]"}, '{"name": "app", "exitCode": 137}'),
        (
            {
                "InputTransformer": {
                    "InputPathsMap": {"why": "$.detail.stoppedReason", "code": "$.detail.containers[0].exitCode"},
                    "InputTemplate": '{"why": <why>, "text": "exit <code>: <why>", "code": <code>}',
                }
            },
            '{"why": "the \\"cause\\"", "text": "exit 137: the \\"cause\\"", "code": 137}',
        ),
        (
            {"InputTransformer": {"InputPathsMap": {"no": "$.detail.x"}, "InputTemplate": NAMED}},
            '"|r"',
        ),
        ({"InputTransformer": {"InputTemplate": '{"at": <aws.events.event.ingestion-time>}'}}, '{"at": "t"}'),
    ],
)  # fmt: skip
def test_a_target_gets_the_input_it_asked_for(target, payload):
    event = {"time": "t", "source": "aws.ecs", "detail": STOPPED}
    assert event_input.for_target(target, "arn", "r", event) == payload


def test_a_template_with_an_undefined_variable_is_an_error():
    with pytest.raises(ValueError, match="<who>, which InputPathsMap does not define"):
        event_input.transform('"<who>"', {})


def test_a_notification_in_a_queue_is_what_sns_sends(functions):
    queue = create_queue("alerts")
    sns = api.client("sns")
    topic = sns.create_topic(Name="notices")["TopicArn"]
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)["SubscriptionArn"]
    attributes = {"kind": {"DataType": "String", "StringValue": "alarm"}}
    sent = sns.publish(TopicArn=topic, Message="在庫", Subject="Hello", MessageAttributes=attributes)
    sns.publish(TopicArn=topic, Message="plain")
    first, second = (json.loads(body) for body in bodies("alerts"))
    assert list(first) == [
        "Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion", "Signature",
        "SigningCertURL", "UnsubscribeURL", "MessageAttributes",
    ]  # fmt: skip
    assert (first["MessageId"], first["TopicArn"], first["Message"]) == (sent["MessageId"], topic, "在庫")
    assert first["Timestamp"] == "2026-12-26T09:00:00.000Z" and arn in first["UnsubscribeURL"]
    assert first["MessageAttributes"] == {"kind": {"Type": "String", "Value": "alarm"}}
    assert "Subject" not in second and "MessageAttributes" not in second


def test_filter_policies_and_raw_delivery(functions):
    sns = api.client("sns")
    topic = sns.create_topic(Name="notices")["TopicArn"]
    attributes = {"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"kind": ["alarm"]})}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=create_queue("alarms"), Attributes=attributes)
    enveloped = {"RawMessageDelivery": "false"}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=create_queue("all"), Attributes=enveloped)
    for kind in ("alarm", "other"):
        typed = {"kind": {"DataType": "String", "StringValue": kind}}
        sns.publish(TopicArn=topic, Message=kind, MessageAttributes=typed)
    assert bodies("alarms") == ["alarm"]
    assert messages_of("alarms")[0]["MessageAttributes"]["kind"]["StringValue"] == "alarm"
    assert [json.loads(body)["Message"] for body in bodies("all")] == ["alarm", "other"]


def test_a_subscribed_function_gets_the_event_of_sns(functions):
    create_function("probe")
    sns = api.client("sns")
    topic = sns.create_topic(Name="notices")["TopicArn"]
    arn = sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=arn_of("probe"))["SubscriptionArn"]
    sns.publish(TopicArn=topic, Message="hello")
    functions.clock.run_for(timedelta(0))
    (invocation,) = functions.of_kind("invocation")
    (record,) = json.loads(invocation.facts["payload"])["Records"]
    assert (record["EventSource"], record["EventVersion"], record["EventSubscriptionArn"]) == ("aws:sns", "1.0", arn)
    assert (record["Sns"]["Subject"], record["Sns"]["Message"]) == (None, "hello")
    assert record["Sns"]["MessageAttributes"] == {}


def test_an_endpoint_that_is_gone_loses_the_message_or_fills_the_dead_letters(functions):
    sns = api.client("sns")
    topic = sns.create_topic(Name="notices")["TopicArn"]
    redrive = json.dumps({"deadLetterTargetArn": create_queue("dead-letters")})
    gone = "arn:aws:sqs:ap-northeast-1:123456789012:gone"
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=gone, Attributes={"RedrivePolicy": redrive})
    sns.publish(TopicArn=topic, Message="hello")
    assert bodies("dead-letters") == ["hello"]
