"""Functions, queues and topics for the tests of deliveries, made without a stack."""

from __future__ import annotations

import json
from typing import Any

from rehearsal.aws import api
from rehearsal.aws.world import ACCOUNT, REGION
from rehearsal.tests import probe


def arn_of(function: str) -> str:
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"


def create_function(
    name: str, environment: dict[str, str] | None = None, code: dict[str, Any] | None = None, **settings: Any
) -> str:
    """A function that runs the probe, with a role of its own that may list queues; rules and topics may invoke it."""
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    role = f"{name}-role"
    api.client("iam").create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(trust))
    statement = {"Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    api.client("iam").put_role_policy(RoleName=role, PolicyName="inline", PolicyDocument=json.dumps(policy))
    created = api.client("lambda").create_function(
        FunctionName=name,
        Runtime="java25",
        Handler=probe.HANDLER,
        Role=f"arn:aws:iam::{ACCOUNT}:role/{role}",
        Code=code or {"ZipFile": probe.zipped().read_bytes()},
        MemorySize=256,
        Timeout=30,
        Environment={"Variables": environment or {}},
        **settings,
    )
    for service in ("events", "sns"):
        api.client("lambda").add_permission(
            FunctionName=name,
            StatementId=service,
            Action="lambda:InvokeFunction",
            Principal=f"{service}.amazonaws.com",
            SourceAccount=ACCOUNT,
        )
    return str(created["FunctionArn"])


def create_queue(name: str, **attributes: Any) -> str:
    """Answers the queue's ARN. Every service may send, where no Policy is given."""
    everyone = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
    attributes.setdefault("Policy", {"Version": "2012-10-17", "Statement": [everyone]})
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in attributes.items()}
    api.client("sqs").create_queue(QueueName=name, Attributes=texts)
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def messages_of(queue: str) -> list[dict[str, Any]]:
    """What may be received from the queue now; it stays there."""
    url = api.client("sqs").get_queue_url(QueueName=queue)["QueueUrl"]
    received = api.client("sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0, MessageAttributeNames=["All"]
    )
    return received.get("Messages", [])
