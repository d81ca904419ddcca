"""SNS and SQS."""

from __future__ import annotations

from typing import Any

from rehearsal.aws import api
from rehearsal.aws.cloudformation.errors import NotEmulatedError
from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call, tags, text, texts
from rehearsal.aws.world import ACCOUNT, REGION

# The APIs take any name in their attribute maps, so the properties of the CloudFormation types are listed here.
TOPIC = {
    "ArchivePolicy", "ContentBasedDeduplication", "DataProtectionPolicy", "DisplayName", "FifoThroughputScope",
    "FifoTopic", "KmsMasterKeyId", "SignatureVersion", "TracingConfig",
}  # fmt: skip
SUBSCRIPTION = {
    "DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy", "ReplayPolicy",
    "SubscriptionRoleArn",
}  # fmt: skip
QUEUE = {
    "ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds", "FifoQueue", "FifoThroughputLimit",
    "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId", "MaximumMessageSize", "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy", "RedrivePolicy", "SqsManagedSseEnabled",
    "VisibilityTimeout",
}  # fmt: skip


def _attributes(properties: dict[str, Any], known: set[str]) -> dict[str, str]:
    strange = sorted(set(properties) - known)
    if strange:
        raise NotEmulatedError(f"property {', '.join(strange)} is not known")
    return texts(properties)


@creates("AWS::SNS::Topic")
def topic(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.pop("TopicName", None) or resource.name(256)
    labels = [{"Key": key, "Value": value} for key, value in tags(p).items()]
    subscriptions = p.pop("Subscription", [])
    made = call("sns", "create_topic", {"Name": name, "Attributes": _attributes(p, TOPIC), "Tags": labels})["TopicArn"]
    for subscription in subscriptions:
        call("sns", "subscribe", {"TopicArn": made, **subscription})
    return made, {"TopicName": name, "TopicArn": made}


@creates("AWS::SNS::TopicPolicy", update="again")
def topic_policy(resource: Resource, p: dict[str, Any]) -> Made:
    for arn in p["Topics"]:
        wanted = {"TopicArn": arn, "AttributeName": "Policy", "AttributeValue": p["PolicyDocument"]}
        call("sns", "set_topic_attributes", wanted)
    return resource.name(), {"Id": resource.name()}


@creates("AWS::SNS::Subscription")
def subscription(resource: Resource, p: dict[str, Any]) -> Made:
    identity = {key: p.pop(key) for key in ("TopicArn", "Protocol", "Endpoint")}
    p.pop("Region", None)
    attributes = _attributes(p, SUBSCRIPTION)
    made = api.client("sns").subscribe(**identity, Attributes=attributes, ReturnSubscriptionArn=True)["SubscriptionArn"]
    return made, {"Arn": made}


@creates("AWS::SQS::Queue")
def queue(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.pop("QueueName", None) or resource.name(80)
    wanted = {"QueueName": name, "tags": tags(p), "Attributes": _attributes(p, QUEUE)}
    url = api.client("sqs").create_queue(**wanted)["QueueUrl"]
    return url, {"Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}", "QueueName": name, "QueueUrl": url}


@creates("AWS::SQS::QueuePolicy", update="again")
def queue_policy(resource: Resource, p: dict[str, Any]) -> Made:
    for url in p["Queues"]:
        api.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": text(p["PolicyDocument"])})
    return resource.name(), {"Id": resource.name()}
