"""Everything that the embedded AWS adds to moto, in one list."""

from __future__ import annotations

from rehearsal.aws import (
    account,
    autoscaling,
    cloudwatch,
    ecs,
    elb,
    events,
    lambda_,
    rds,
    s3,
    scheduler,
    secrets,
    secrets_rotation,
    selfcheck,
    sns,
    sqs,
    ssm,
)
from rehearsal.aws.world import World

MESSAGING = (events, lambda_, sqs, sns, scheduler)
PARTS = (*MESSAGING, ssm, secrets, secrets_rotation, cloudwatch, ecs, elb, autoscaling, rds, s3, account)


def install(world: World) -> None:
    """Patches moto (once a process) and gives each part this world."""
    selfcheck.check()
    for part in PARTS:
        part.install(world)
