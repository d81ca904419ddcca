"""SQS as an event source of Lambda: batches, partial failures, visibility timeouts, dead letters.

moto keeps the queues, in virtual time; its own event source mapping (one message an event, result ignored) is
replaced. An invocation takes no virtual time, so batches of one mapping never overlap and MaximumConcurrency, which
limits how many run at a time, is always kept.

Sources: Lambda Developer Guide, "Using Lambda with Amazon SQS", "Creating and configuring an Amazon SQS event source
mapping", "Handling errors for an SQS event source in Lambda"; SQS Developer Guide, "Using dead-letter queues in Amazon
SQS".
"""

from __future__ import annotations

import functools
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.awslambda.exceptions import InvalidParameterValueException
from moto.awslambda.models import EventSourceMapping, LambdaBackend, lambda_backends
from moto.core.utils import unix_time_millis
from moto.sqs.models import Message, Queue, SQSBackend, sqs_backends

from rehearsal.aws import sqs_metrics
from rehearsal.aws.clock import Entry
from rehearsal.aws.patching import replaces
from rehearsal.aws.world import ACCOUNT, REGION, World, current, forgets

_polls: dict[str, Entry] = {}  # the next poll of each mapping, by its UUID

HONOURED = {
    "FunctionName", "EventSourceArn", "BatchSize", "Enabled", "MaximumBatchingWindowInSeconds", "FunctionResponseTypes",
    "ScalingConfig", "RegionName", "AccountId", "FunctionArn", "Tags",
}  # fmt: skip


@forgets
def _forget() -> None:
    _polls.clear()


def install(world: World) -> None:
    _patch_moto()
    sqs_metrics.install(world)


def send(queue_arn: str, body: str, attributes: dict[str, Any] | None = None) -> None:
    """As an AWS service sends; moto's QueueDoesNotExist where there is no such queue."""
    _, _, _, region, _, name = queue_arn.split(":")
    sqs_backends[ACCOUNT][region].send_message(name, body, message_attributes=attributes)


def on_message(queue_arn: str) -> None:
    """A message has arrived: wakes the mappings of the queue."""
    for mapping in lambda_backends[ACCOUNT][REGION].list_event_source_mappings(queue_arn, ""):
        _wake(mapping)


def _wake(mapping: EventSourceMapping) -> None:
    """Plans the next poll: when the batch is full, or the batching window after the first message."""
    if not mapping.enabled:
        return
    queue, now = _queue(mapping), current().clock.now()
    window = timedelta(seconds=int(mapping.max_batch_window or 0))
    if len(queue.messages) >= mapping.batch_size:
        _plan(mapping, now)
    elif queue.messages:
        _plan(mapping, now + window)
    else:
        later = _next_visible(queue)
        if later is not None:
            _plan(mapping, later + window)


def _plan(mapping: EventSourceMapping, when: datetime) -> None:
    planned = _polls.get(mapping.uuid)
    if planned is not None and planned.when <= when:
        return
    if planned is not None:
        planned.cancel()
    _polls[mapping.uuid] = current().clock.at(when, f"poll {mapping.event_source_arn}", lambda: _poll(mapping))


def _next_visible(queue: Queue) -> datetime | None:
    times = [max(message.visible_at, message.delayed_until) for message in queue._messages]
    return datetime.fromtimestamp(min(times) / 1000, UTC) if times else None


def _poll(mapping: EventSourceMapping) -> None:
    del _polls[mapping.uuid]
    if not mapping.enabled or mapping.uuid not in lambda_backends[ACCOUNT][REGION]._event_source_mappings:
        return
    queue = _queue(mapping)
    backend = sqs_backends[ACCOUNT][REGION]
    messages = backend.receive_message(
        queue.name, mapping.batch_size, 0, int(queue.visibility_timeout), message_attribute_names=["All"]
    )
    if messages:
        failed = _invoke(mapping, messages)
        for message in messages:
            if message.id not in failed:
                backend.delete_message(queue.name, message.receipt_handle)
    _wake(mapping)


def _invoke(mapping: EventSourceMapping, messages: list[Message]) -> set[str]:
    """The ids of the messages that stay in the queue."""
    from rehearsal.aws import lambda_

    everything = {message.id for message in messages}
    event = {"Records": [record(message, mapping.event_source_arn) for message in messages]}
    name = mapping.event_source_arn.split(":")[-1]
    try:
        outcome = lambda_.invoke(
            mapping.function_name, json.dumps(event, ensure_ascii=False).encode(), f"queue {name}"
        )  # fmt: skip
    except lambda_.ThrottledError:
        return everything
    if outcome.error is not None:
        return everything
    if "ReportBatchItemFailures" not in (mapping.function_response_types or []):
        return set()
    return failures(outcome.payload, everything)


def failures(answer: bytes, sent: set[str]) -> set[str]:
    """Which messages a function reports as failed; all of them where its answer is not valid.

    "Success and failure conditions": an empty answer, null, or an empty or null list is a complete success; an answer
    that is no JSON, or an item without a known identifier, is a complete failure.
    """
    try:
        parsed = json.loads(answer) if answer.strip() else None
    except ValueError:
        return sent
    if not isinstance(parsed, dict):
        return sent if parsed else set()
    items = parsed.get("batchItemFailures") or []
    reported = [item.get("itemIdentifier") if isinstance(item, dict) else None for item in items]
    return set(reported) if all(isinstance(name, str) and name in sent for name in reported) else sent


def record(message: Message, queue_arn: str) -> dict[str, Any]:
    """One message as the function sees it."""
    typed = {
        name: {
            "stringValue": value.get("StringValue"),
            "stringListValues": [],
            "binaryListValues": [],
            "dataType": value["DataType"],
        }
        for name, value in message.message_attributes.items()
    }
    return {
        "messageId": message.id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": {
            "ApproximateReceiveCount": str(message.approximate_receive_count),
            "SentTimestamp": str(message.sent_timestamp),
            "SenderId": message.sender_id,
            "ApproximateFirstReceiveTimestamp": str(message.approximate_first_receive_timestamp),
        },
        "messageAttributes": typed,
        **({"md5OfMessageAttributes": message.attribute_md5} if typed else {}),
        "md5OfBody": message.body_md5,
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    }


def _queue(mapping: EventSourceMapping) -> Queue:
    return sqs_backends[ACCOUNT][REGION].queues[mapping.event_source_arn.split(":")[-1]]


def _validate(spec: dict[str, Any]) -> None:
    """What CreateEventSourceMapping refuses, and what the embedded AWS does not know."""
    unknown = {name for name, value in spec.items() if value} - HONOURED
    if unknown or ":sqs:" not in spec["EventSourceArn"] or spec["EventSourceArn"].endswith(".fifo"):
        raise NotImplementedError(f"event source mapping of {spec['EventSourceArn']}: {sorted(unknown)}")
    function = lambda_backends[ACCOUNT][REGION].get_function(spec["FunctionName"])
    queue = sqs_backends[ACCOUNT][REGION].get_queue(spec["EventSourceArn"].split(":")[-1])
    if int(queue.visibility_timeout) < int(function.timeout):
        raise InvalidParameterValueException(
            f"Queue visibility timeout: {queue.visibility_timeout} seconds is less than Function timeout: "
            f"{function.timeout} seconds",
        )
    if int(spec.get("BatchSize") or 10) > 10 and not int(spec.get("MaximumBatchingWindowInSeconds") or 0):
        raise InvalidParameterValueException(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
        )


@functools.cache
def _patch_moto() -> None:
    # moto shows a message a millisecond after its timeout has ended; in virtual time such milliseconds add up.
    Message.visible = property(lambda self: unix_time_millis() >= self.visible_at)

    @replaces(LambdaBackend, "create_event_source_mapping", "spec")
    def create(original: Any, self: LambdaBackend, spec: dict[str, Any]) -> EventSourceMapping:
        _validate(spec)
        mapping = original(self, spec)
        _queue(mapping).lambda_event_source_mappings.clear()  # moto's own delivery
        _wake(mapping)
        return mapping

    @replaces(LambdaBackend, "update_event_source_mapping", "uuid", "spec")
    def update(original: Any, self: LambdaBackend, uuid: str, spec: dict[str, Any]) -> EventSourceMapping | None:
        mapping = original(self, uuid, spec)
        if mapping is not None:
            _wake(mapping)
        return mapping

    @replaces(Queue, "add_message", "message")
    def add_message(original: Any, self: Queue, message: Message) -> None:
        original(self, message)
        if message.approximate_receive_count:
            reason = f"received {message.approximate_receive_count} times and never deleted"
            current().record("dead-letter", queue=self.queue_arn, body=message.body, reason=reason)
        on_message(self.queue_arn)

    @replaces(SQSBackend, "receive_message", "wait_seconds_timeout")
    def receive_message(
        original: Any, self: SQSBackend, queue_name: str, count: int, wait_seconds_timeout: int, *rest: Any, **more: Any
    ) -> list[Message]:
        # Time stands still while somebody waits, so a long poll would never end.
        del wait_seconds_timeout
        return original(self, queue_name, count, 0, *rest, **more)
