"""What SQS tells CloudWatch about each queue, every minute.

Source: SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".
"""

from __future__ import annotations

from datetime import timedelta

from moto.sqs.models import Queue, sqs_backends

from rehearsal.aws import cloudwatch
from rehearsal.aws.world import ACCOUNT, REGION, World

NAMESPACE = "AWS/SQS"


def install(world: World) -> None:
    world.clock.every(timedelta(minutes=1), "metrics of the queues", lambda: _put_all(world))


def _put_all(world: World) -> None:
    now_ms = world.clock.now().timestamp() * 1000
    for queue in sqs_backends[ACCOUNT][REGION].queues.values():
        for name, value, unit in (
            ("ApproximateNumberOfMessagesVisible", queue.approximate_number_of_messages, "Count"),
            ("ApproximateNumberOfMessagesNotVisible", queue.approximate_number_of_messages_not_visible, "Count"),
            ("ApproximateNumberOfMessagesDelayed", queue.approximate_number_of_messages_delayed, "Count"),
            ("ApproximateAgeOfOldestMessage", _oldest_s(queue, now_ms), "Seconds"),
        ):
            cloudwatch.put(NAMESPACE, name, {"QueueName": queue.name}, value, unit)


def _oldest_s(queue: Queue, now_ms: float) -> float:
    """Seconds. A message that was received three times and not deleted goes to the back and is not counted."""
    sent = [message.sent_timestamp for message in queue._messages if message.approximate_receive_count < 3]
    return (now_ms - min(sent)) / 1000 if sent else 0.0
