"""A queue as the event source of a function."""

from __future__ import annotations

import functools
import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import api, sqs
from rehearsal.tests.functions import create_function, create_queue, messages_of


def connect(queue: str, **settings) -> str:
    create_function("probe")
    mapping = api.client("lambda").create_event_source_mapping(
        EventSourceArn=queue, FunctionName="probe", FunctionResponseTypes=["ReportBatchItemFailures"], **settings
    )
    return mapping["UUID"]


def batches(world) -> list[tuple[str, list[str]]]:
    """When each batch was tried, and the bodies in it."""
    return [
        (
            record.at.strftime("%H:%M:%S"),
            [message["body"] for message in json.loads(record.facts["payload"])["Records"]],
        )
        for record in world.of_kind("invocation")
    ]


def test_messages_come_in_batches_and_are_deleted(functions):
    connect(create_queue("alerts"), BatchSize=2)
    for body in ("a", "b", "c"):
        sqs.send("arn:aws:sqs:ap-northeast-1:123456789012:alerts", body)
    functions.clock.run_for(timedelta(0))
    assert batches(functions) == [("09:00:00", ["a", "b"]), ("09:00:00", ["c"])]
    functions.clock.run_for(timedelta(hours=1))
    assert len(batches(functions)) == 2
    assert api.client("sqs").get_queue_attributes(
        QueueUrl=api.client("sqs").get_queue_url(QueueName="alerts")["QueueUrl"], AttributeNames=["All"]
    )["Attributes"]["ApproximateNumberOfMessages"] == "0"  # fmt: skip


def test_a_message_looks_as_lambda_shows_it(functions):
    queue = create_queue("alerts")
    connect(queue)
    sqs.send(queue, "在庫", {"kind": {"DataType": "String", "StringValue": "alarm"}})
    functions.clock.run_for(timedelta(0))
    (message,) = json.loads(functions.of_kind("invocation")[0].facts["payload"])["Records"]
    assert message["attributes"] == {
        "ApproximateReceiveCount": "1",
        "SentTimestamp": "1798275600000",
        "SenderId": message["attributes"]["SenderId"],
        "ApproximateFirstReceiveTimestamp": "1798275600000",
    }
    assert message["messageAttributes"]["kind"] == {
        "stringValue": "alarm", "stringListValues": [], "binaryListValues": [], "dataType": "String",
    }  # fmt: skip
    assert (message["body"], message["eventSource"], message["eventSourceARN"]) == ("在庫", "aws:sqs", queue)
    assert len(message["md5OfBody"]) == len(message["md5OfMessageAttributes"]) == 32


def test_a_batching_window_gathers_until_the_batch_is_full(functions):
    queue = create_queue("alerts")
    connect(queue, BatchSize=3, MaximumBatchingWindowInSeconds=60)
    sqs.send(queue, "a")
    functions.clock.run_for(timedelta(seconds=59))
    assert batches(functions) == []
    functions.clock.run_for(timedelta(seconds=1))
    for body in ("b", "c", "d"):
        sqs.send(queue, body)
    functions.clock.run_for(timedelta(seconds=1))
    assert batches(functions) == [("09:01:00", ["a"]), ("09:01:00", ["b", "c", "d"])]


def test_only_the_reported_messages_come_back_after_the_visibility_timeout(functions):
    queue = create_queue("alerts", VisibilityTimeout="120")
    connect(queue)
    sqs.send(queue, "good")
    sqs.send(queue, "report-me")
    functions.clock.run_for(timedelta(minutes=3))
    assert batches(functions) == [("09:00:00", ["good", "report-me"]), ("09:02:00", ["report-me"])]


def test_a_message_that_always_fails_becomes_a_dead_letter(functions):
    dead_letters = create_queue("dead-letters")
    redrive = {"deadLetterTargetArn": dead_letters, "maxReceiveCount": 3}
    queue = create_queue("alerts", VisibilityTimeout="60", RedrivePolicy=redrive)
    connect(queue)
    sqs.send(queue, "fail")
    functions.clock.run_for(timedelta(minutes=10))
    assert [at for at, _ in batches(functions)] == ["09:00:00", "09:01:00", "09:02:00"]
    assert [message["Body"] for message in messages_of("dead-letters")] == ["fail"]
    (record,) = functions.of_kind("dead-letter")
    assert record.at.strftime("%H:%M:%S") == "09:03:00" and record.facts["queue"] == dead_letters


def test_messages_wait_while_the_mapping_is_disabled(functions):
    queue = create_queue("alerts")
    mapping = connect(queue, Enabled=False)
    sqs.send(queue, "a")
    functions.clock.run_for(timedelta(minutes=1))
    assert batches(functions) == []
    api.client("lambda").update_event_source_mapping(UUID=mapping, Enabled=True)
    functions.clock.run_for(timedelta(minutes=1))
    assert batches(functions) == [("09:01:00", ["a"])]


def test_what_a_function_sends_is_handled_when_it_has_ended(functions, wire):
    """A call on a server's thread must not start a function there."""
    queue = create_queue("alerts")
    connect(queue)
    url = wire("sqs").get_queue_url(QueueName="alerts")["QueueUrl"]
    wire("sqs").send_message(QueueUrl=url, MessageBody="a")
    assert functions.of_kind("invocation") == []
    functions.clock.run_for(timedelta(0))
    assert batches(functions) == [("09:00:00", ["a"])]


def test_the_queues_tell_their_metrics(functions):
    queue = create_queue("dead-letters")
    functions.clock.run_for(timedelta(minutes=1))
    sqs.send(queue, "a")
    functions.clock.run_for(timedelta(minutes=10))
    read = functools.partial(
        api.client("cloudwatch").get_metric_statistics,
        Namespace="AWS/SQS",
        Dimensions=[{"Name": "QueueName", "Value": "dead-letters"}],
        StartTime=functions.clock.now() - timedelta(minutes=1),
        EndTime=functions.clock.now() + timedelta(minutes=1),
        Period=60,
        Statistics=["Maximum"],
    )
    assert read(MetricName="ApproximateNumberOfMessagesVisible")["Datapoints"][-1]["Maximum"] == 1
    assert read(MetricName="ApproximateAgeOfOldestMessage")["Datapoints"][-1]["Maximum"] == 600


@pytest.mark.parametrize(
    ("attributes", "settings", "reason"),
    [
        ({"VisibilityTimeout": "29"}, {}, "Queue visibility timeout: 29 seconds is less than Function timeout: 30"),
        ({}, {"BatchSize": 11}, "Maximum batch window in seconds must be greater than 0"),
        ({}, {"FilterCriteria": {"Filters": [{"Pattern": "{}"}]}}, "FilterCriteria"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(functions, attributes, settings, reason):
    queue = create_queue("alerts", **attributes)
    with pytest.raises(ClientError, match=reason):
        connect(queue, **settings)


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (b"", set()),
        (b"null", set()),
        (b"{}", set()),
        (b'{"batchItemFailures": null}', set()),
        (b'{"batchItemFailures": []}', set()),
        (b'{"batchItemFailures": [{"itemIdentifier": "1"}]}', {"1"}),
        (b"not json", {"1", "2"}),
        (b'"text"', {"1", "2"}),
        (b'{"batchItemFailures": [{"itemIdentifier": ""}]}', {"1", "2"}),
        (b'{"batchItemFailures": [{"itemIdentifier": null}]}', {"1", "2"}),
        (b'{"batchItemFailures": [{"messageId": "1"}]}', {"1", "2"}),
        (b'{"batchItemFailures": ["1"]}', {"1", "2"}),
        (b'{"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "9"}]}', {"1", "2"}),
        (b'{"batchItemFailures": "1"}', {"1", "2"}),
        (b'{"batchItemFailures": {"itemIdentifier": "1"}}', {"1", "2"}),
        (b'{"batchItemFailures": [{"itemIdentifier": ["1"]}]}', {"1", "2"}),
    ],
)
def test_an_answer_is_read_as_lambda_reads_it(answer, failed):
    assert sqs.failures(answer, {"1", "2"}) == failed
