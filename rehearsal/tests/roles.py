"""A client with the credentials of a function's role: what the function could do if its code had lost its mind."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from rehearsal.aws import sessions
from rehearsal.aws.world import REGION
from rehearsal.stage import Stage


def client(on: Stage, role: str, service: str) -> Any:
    """``role`` is the role's logical name in the template."""
    arn = on.client("iam").get_role(RoleName=on.id_of(role))["Role"]["Arn"]
    session = sessions.begin(on.world, arn, "probe", "Probe")
    return boto3.client(
        service,
        region_name=REGION,
        endpoint_url=on.world.url,
        aws_access_key_id=session.access_key,
        aws_secret_access_key=session.secret_key,
        aws_session_token=session.token,
        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
    )
