"""SNS: what a subscriber really receives.

moto keeps topics, subscriptions and filter policies. Here: the notification as SNS writes it, functions as subscribers,
e-mail as evidence, and dead letters of a subscription whose endpoint is gone.

Sources: SNS Developer Guide, "Parsing Amazon SNS message formats", "Amazon SNS raw message delivery", "Amazon SNS
dead-letter queues"; Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications".
"""

from __future__ import annotations

import functools
import json
from typing import Any

from moto.sns.models import Subscription

from rehearsal.aws import resource_policy
from rehearsal.aws.patching import replaces
from rehearsal.aws.resource_policy import Sender
from rehearsal.aws.targets import UNDELIVERABLE
from rehearsal.aws.world import REGION, World, current

SIGNED = {
    "SignatureVersion": "1",
    "Signature": "EMBEDDED-AWS-DOES-NOT-SIGN",
    "SigningCertURL": f"https://sns.{REGION}.amazonaws.com/SimpleNotificationService-00000000000000000000000000000000.pem",
}


def install(world: World) -> None:
    del world
    _patch_moto()


def notification(
    subscription: Subscription, message: str, message_id: str, subject: str | None, attributes: dict[str, Any] | None
) -> dict[str, Any]:
    """The JSON document that SNS posts, in the order of its own examples."""
    envelope: dict[str, Any] = {
        "Type": "Notification",
        "MessageId": message_id,
        "TopicArn": subscription.topic.arn,
        **({"Subject": subject} if subject else {}),
        "Message": message,
        "Timestamp": _now(),
        **SIGNED,
        "UnsubscribeURL": _unsubscribe(subscription),
    }
    if attributes:
        envelope["MessageAttributes"] = _typed(attributes)
    return envelope


def lambda_event(
    subscription: Subscription, message: str, message_id: str, subject: str | None, attributes: dict[str, Any] | None
) -> dict[str, Any]:
    """The event of a subscribed function: as the document, but with other spellings and a Subject that may be null."""
    return {
        "Records": [
            {
                "EventSource": "aws:sns",
                "EventVersion": "1.0",
                "EventSubscriptionArn": subscription.arn,
                "Sns": {
                    "Type": "Notification",
                    "MessageId": message_id,
                    "TopicArn": subscription.topic.arn,
                    "Subject": subject,
                    "Message": message,
                    "Timestamp": _now(),
                    "SignatureVersion": SIGNED["SignatureVersion"],
                    "Signature": SIGNED["Signature"],
                    "SigningCertUrl": SIGNED["SigningCertURL"],
                    "UnsubscribeUrl": _unsubscribe(subscription),
                    "MessageAttributes": _typed(attributes or {}),
                },
            }
        ]
    }


def _send(
    subscription: Subscription, message: str, message_id: str, subject: str | None, attributes: dict[str, Any] | None
) -> None:
    from rehearsal.aws import lambda_, sqs

    topic = subscription.topic.name
    match subscription.protocol:
        case "sqs" if _is_raw(subscription):
            sqs.send(subscription.endpoint, message, _for_sqs(attributes or {}))
        case "sqs":
            document = notification(subscription, message, message_id, subject, attributes)
            sqs.send(subscription.endpoint, json.dumps(document, indent=2, ensure_ascii=False))
        case "lambda":
            event = lambda_event(subscription, message, message_id, subject, attributes)
            lambda_.invoke_async(subscription.endpoint, json.dumps(event, ensure_ascii=False), f"topic {topic}")
        case "email" | "email-json":
            shown = subject or "AWS Notification Message"
            current().record("email", to=subscription.endpoint, topic=topic, subject=shown, text=message)
        case other:
            raise NotImplementedError(f"topic {topic}: a subscription with protocol {other}")


def _sender(subscription: Subscription) -> Sender:
    return Sender("sns.amazonaws.com", subscription.topic.arn)


def _is_raw(subscription: Subscription) -> bool:
    return str(subscription.attributes.get("RawMessageDelivery")).lower() == "true"


def _typed(attributes: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {name: {"Type": value["Type"], "Value": str(value["Value"])} for name, value in attributes.items()}


def _for_sqs(attributes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    kind = {"Binary": "BinaryValue"}
    return {
        name: {"DataType": value["Type"], kind.get(value["Type"], "StringValue"): value["Value"]}
        for name, value in attributes.items()
    }


def _now() -> str:
    return current().clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _unsubscribe(subscription: Subscription) -> str:
    return f"https://sns.{REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={subscription.arn}"


@functools.cache
def _patch_moto() -> None:
    @replaces(Subscription, "publish", "message", "message_id", "subject", "message_attributes", "message_structure")
    def publish(
        original: Any,
        self: Subscription,
        message: str,
        message_id: str,
        subject: str | None = None,
        message_attributes: dict[str, Any] | None = None,
        message_structure: str | None = None,
        **of_fifo_topics: Any,
    ) -> None:
        del original
        if any(of_fifo_topics.values()):
            raise NotImplementedError(f"FIFO topic {self.topic.name}")
        matcher = self._filter_policy_matcher
        if matcher is not None and not matcher.matches(message_attributes, message):
            return
        if message_structure == "json":
            message = self._parse_message_structure(message, self.protocol)
        try:
            if self.protocol in ("sqs", "lambda"):
                resource_policy.check(_sender(self), self.endpoint)
            _send(self, message, message_id, subject, message_attributes)
        except UNDELIVERABLE as problem:
            _undelivered(self, message, f"failed: {problem}")
        else:
            current().record("delivery", via=f"topic {self.topic.name}", target=self.endpoint, outcome="ok")


def _undelivered(subscription: Subscription, message: str, reason: str) -> None:
    from rehearsal.aws import targets

    via = f"topic {subscription.topic.name}"
    current().record("delivery", via=via, target=subscription.endpoint, outcome=reason)
    redrive = json.loads(subscription.attributes.get("RedrivePolicy") or "{}")
    if redrive:
        targets.dead_letter(redrive["deadLetterTargetArn"], message, reason, {}, _sender(subscription))
    else:
        current().record("lost", function=via, reason=f"{subscription.endpoint}: {reason}")
