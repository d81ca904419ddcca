"""A fresh world for a test, and boto3 clients as the person who deploys or a function would have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from rehearsal.aws import cloudwatch, events, lambda_, server, sessions, sns, sqs
from rehearsal.aws.world import REGION, World

START = datetime(2026, 12, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world whose time stands at the start, without a server."""
    made = World.create(START, tmp_path)
    made.clock.start()
    yield made
    made.clock.stop()


@pytest.fixture
def served(world: World) -> Iterator[World]:
    """The same with the server running."""
    server.start(world)
    yield world
    server.stop()


@pytest.fixture
def functions(served: World) -> Iterator[World]:
    """A served world in which functions run and events, messages and notifications are delivered."""
    for part in (cloudwatch, lambda_, sqs, sns, events):
        part.install(served)
    yield served
    lambda_.stop()


@pytest.fixture
def wire(served: World) -> Callable[..., Any]:
    """``wire('ecs')`` is the deployer's client over HTTP, ``wire('ecs', session)`` a function's; no retries."""

    def client(service: str, session: sessions.Session | None = None, **config: Any) -> Any:
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=served.url,
            aws_access_key_id=session.access_key if session else sessions.DEPLOYER_KEY,
            aws_secret_access_key=session.secret_key if session else "not-checked",
            aws_session_token=session.token if session else None,
            config=Config(retries={"max_attempts": 0}, **config),
        )

    return client
