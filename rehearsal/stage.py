"""The stage of a rehearsal: an embedded AWS with a Slack beside it and the real template deployed into it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rehearsal.aws import account, api, lambda_, overlay, server, stack
from rehearsal.aws.world import World
from rehearsal.slack import door
from rehearsal.slack.api import Slack

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
SCRATCH = ROOT / "rehearsal" / "target"
STACK = "yakin-prod"
IMAGE = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/shop:1.0.0"


@dataclass
class Stage:
    world: World
    slack: Slack
    stack: stack.Stack

    @staticmethod
    def client(service: str) -> Any:
        """An AWS client of the person who deploys."""
        return api.client(service)

    def id_of(self, logical_id: str) -> str:
        return self.stack.physical_ids[logical_id]

    @property
    def cluster(self) -> str:
        return self.id_of("EcsCluster")

    @property
    def service(self) -> str:
        """ECS's name of the shop's service; its physical id is the ARN."""
        return self.id_of("EcsService").rsplit("/", 1)[-1]

    def environment(self, function: str) -> dict[str, str]:
        """What the template tells a function."""
        return self.stack.resources[function].properties["Environment"]["Variables"]

    def edit_calendar(self, text: str) -> None:
        """What a person does in the console: a new version of the sale calendar."""
        self.client("ssm").put_parameter(Name=self.id_of("SalesParameter"), Value=text, Overwrite=True)

    def say(self, text: str) -> None:
        self.world.record("story", text=text)


@contextmanager
def stage(
    start: datetime,
    seed: int = 1,
    template: Path = TEMPLATE,
    parameters: dict[str, str] | None = None,
    prepare: Callable[[World], None] = lambda world: None,
) -> Iterator[Stage]:
    """Builds everything, and takes it down again. Virtual time begins at ``start``; the deploy takes some of it.

    ``prepare`` is called before the deploy.
    """
    SCRATCH.mkdir(parents=True, exist_ok=True)
    directory = Path(tempfile.mkdtemp(prefix="world-", dir=SCRATCH))  # its own: two rehearsals may run side by side
    world = World.create(start, directory, seed)
    world.clock.start()
    try:
        overlay.install(world)
        server.start(world)
        slack = door.install(world)
        values = _prepared(world, slack) | (parameters or {})
        prepare(world)
        yield Stage(world, slack, stack.deploy(world, template, values, STACK, artifacts=ROOT))
    finally:
        quiet()
        world.clock.stop()
        shutil.rmtree(directory, ignore_errors=True)


def quiet() -> None:
    """No JVM, no socket, no thread: what a process needs to be before it forks, and at its end."""
    lambda_.stop()
    server.stop()


def awake(on: Stage) -> None:
    """Undoes ``quiet``, in the same process or in a fork of it; the address stays the same."""
    server.start(on.world)


def _prepared(world: World, slack: Slack) -> dict[str, str]:
    """What a person has made before the first deploy (README, "First deploy"), as the parameters that name it."""
    secret = api.client("secretsmanager").create_secret(Name="yakin/slack", SecretString=json.dumps(slack.secret()))
    _push(IMAGE)
    account.spend(actual=210.0, forecast=420.0)  # of a shop of this size, in USD
    certificate = api.client("acm").request_certificate(DomainName="shop.example.com", ValidationMethod="DNS")
    return {
        "EnvironmentName": "prod",
        "ContainerImage": IMAGE,
        "CertificateArn": certificate["CertificateArn"],
        "SlackSecretArn": secret["ARN"],
        "SlackApiUrl": f"{world.url}{door.PREFIX}/api",
        "AlertEmail": "oncall@example.com",
    }


def _push(image: str) -> None:
    """``docker push`` into a repository that is there for it."""
    repository, _, tag = image.split("/", 1)[1].partition(":")
    registry = api.client("ecr")
    registry.create_repository(repositoryName=repository)
    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json", "layers": []}
    registry.put_image(repositoryName=repository, imageTag=tag, imageManifest=json.dumps(manifest))
