"""Invocations: versions and aliases, retries, dead letters, throttling, kills, evidence."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from rehearsal.aws import api, lambda_, targets
from rehearsal.aws.faults import FaultRule, Kill
from rehearsal.tests import probe
from rehearsal.tests.functions import arn_of, create_function, create_queue, messages_of


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def attempts(world) -> list[tuple[int, str]]:
    return [(record.facts["attempt"], record.at.strftime("%H:%M")) for record in world.of_kind("invocation")]


def test_a_function_runs_with_its_environment_and_leaves_evidence(functions):
    create_function("probe", {"CLUSTER": "shop"})
    outcome = lambda_.invoke("probe", b'{"do": "environment"}')
    environment = json.loads(outcome.payload)["environment"]
    assert environment["CLUSTER"] == "shop"
    assert environment["AWS_REGION"] == "ap-northeast-1" and environment["AWS_ENDPOINT_URL"] == functions.url
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == "probe" and environment["AWS_SESSION_TOKEN"]
    (record,) = functions.of_kind("invocation")
    assert record.facts["function"] == "probe" and record.facts["cold"] and record.facts["error"] is None
    assert [entry.facts["line"] for entry in functions.of_kind("log")] == [{"message": "started"}]
    logged = api.client("logs").filter_log_events(logGroupName="/aws/lambda/probe")["events"]
    assert [event["message"] for event in logged] == ['{"message": "started"}']


def test_an_alias_runs_its_version_with_its_settings(functions):
    create_function("probe", {"CLUSTER": "first"})
    client = api.client("lambda")
    client.publish_version(FunctionName="probe")
    client.create_alias(FunctionName="probe", Name="live", FunctionVersion="1")
    client.update_function_configuration(FunctionName="probe", Environment={"Variables": {"CLUSTER": "second"}})
    through_alias = client.invoke(FunctionName="probe", Qualifier="live", Payload=b'{"do": "environment"}')
    answer = json.loads(through_alias["Payload"].read())
    assert through_alias["ExecutedVersion"] == "1" and answer["arn"] == arn_of("probe") + ":live"
    assert answer["environment"]["CLUSTER"] == "first"
    latest = json.loads(lambda_.invoke("probe", b'{"do": "environment"}').payload)
    assert latest["environment"]["CLUSTER"] == "second"


def test_the_code_is_the_zip_that_the_stack_names(functions, tmp_path):
    built = tmp_path / "sale-scaling.zip"
    built.write_bytes(probe.zipped().read_bytes())
    functions.code["probe"], functions.functions["probe"] = str(built), "ProbeFunction"
    create_function("probe", code={"ZipFile": b"placeholder"})
    assert lambda_.invoke("probe", b"{}").function == "ProbeFunction"
    built.unlink()
    with pytest.raises(FileNotFoundError, match="sale-scaling.zip is not built: run ./mvnw package"):
        lambda_.invoke("probe", b"{}")


def test_a_failing_event_is_tried_three_times_and_becomes_a_dead_letter(functions):
    dead_letters = create_queue("dead-letters")
    create_function("probe", DeadLetterConfig={"TargetArn": dead_letters})
    request_id = lambda_.invoke_async(arn_of("probe"), '{"do": "fail"}', "schedule night")
    functions.clock.run_for(minutes(10))
    assert attempts(functions) == [(1, "09:00"), (2, "09:01"), (3, "09:03")]
    assert {record.facts["request_id"] for record in functions.of_kind("invocation")} == {request_id}
    (message,) = messages_of("dead-letters")
    assert message["Body"] == '{"do": "fail"}'
    assert message["MessageAttributes"]["RequestID"]["StringValue"] == request_id
    assert message["MessageAttributes"]["ErrorMessage"]["StringValue"] == "asked to fail"
    assert [record.facts["reason"] for record in functions.of_kind("dead-letter")] == [
        "RetriesExhausted after 3 attempts"
    ]


def test_a_destination_on_failure_gets_the_whole_record(functions):
    failed = create_queue("failed")
    create_function("probe")
    api.client("lambda").put_function_event_invoke_config(
        FunctionName="probe", MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": failed}}
    )
    lambda_.invoke_async(arn_of("probe"), '{"do": "fail"}', "schedule night")
    functions.clock.run_for(minutes(10))
    assert attempts(functions) == [(1, "09:00")]
    record = json.loads(messages_of("failed")[0]["Body"])
    assert record["requestContext"]["condition"] == "RetriesExhausted"
    assert record["requestPayload"] == {"do": "fail"}
    assert record["responsePayload"]["errorMessage"] == "asked to fail"


def test_an_event_that_nobody_keeps_is_named_as_lost(functions):
    create_function("probe")
    lambda_.invoke_async(arn_of("probe"), '{"do": "fail"}', "schedule night")
    functions.clock.run_for(minutes(10))
    assert [record.facts["function"] for record in functions.of_kind("lost")] == ["probe"]


def test_a_reserved_concurrency_of_zero_throttles(functions):
    create_function("probe", DeadLetterConfig={"TargetArn": create_queue("dead-letters")})
    client = api.client("lambda")
    client.put_function_concurrency(FunctionName="probe", ReservedConcurrentExecutions=0)
    with pytest.raises(client.exceptions.TooManyRequestsException):
        client.invoke(FunctionName="probe")
    lambda_.invoke_async(arn_of("probe"), "{}", "schedule night")
    functions.clock.run_for(minutes(1))
    assert functions.of_kind("invocation") == [] and len(messages_of("dead-letters")) == 1


def test_a_killed_function_is_tried_again_in_a_fresh_process(functions):
    create_function("probe")
    functions.on_call.append(FaultRule("slack:.*|sqs:ListQueues", Kill(), who="probe"))
    lambda_.invoke_async(arn_of("probe"), '{"do": "call"}', "schedule night")
    functions.clock.run_for(minutes(2))
    first, second = functions.of_kind("invocation")
    assert first.facts["error"] == "Runtime.ExitError" and "signal: killed" in first.facts["result"]
    assert second.facts["error"] is None and second.facts["cold"] and second.facts["attempt"] == 2
    assert [(call.action, call.outcome, call.invocation) for call in functions.calls] == [
        ("sqs:ListQueues", "fault: Kill", first.facts["request_id"]),
        ("sqs:ListQueues", "ok", first.facts["request_id"]),
    ]


def test_an_unknown_kind_of_target_ends_the_run_and_a_missing_one_is_a_dead_letter(functions):
    with pytest.raises(NotImplementedError, match="kinesis"):
        targets.deliver("arn:aws:kinesis:ap-northeast-1:123456789012:stream/x", "{}", "rule r")
    dead_letters = create_queue("dead-letters")
    targets.deliver(arn_of("gone"), "{}", "rule r", dead_letters)
    (message,) = messages_of("dead-letters")
    assert message["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "NO_RESOURCE"
