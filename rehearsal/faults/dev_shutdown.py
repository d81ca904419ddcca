"""The scenarios of dev-shutdown: a small dev falls asleep on a Saturday, and is woken by somebody's wish.

The stack of the stage is production, which has no dev-shutdown. So a second one stands beside it: the same template,
but only the function, and a service and a database that opted in. Production stays up beside it, whatever happens.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from rehearsal.aws.cloudformation import engine
from rehearsal.aws.stack import translate
from rehearsal.faults.scenario import Invariant, Scenario
from rehearsal.stage import ROOT, TEMPLATE, Stage

NAME = "shop-dev"
NEEDED = re.compile(r"DevShutdown\w*|NoticesTopic|WarningAlertsTopic")
PARAMETERS = {"EnvironmentName": "dev", "ContainerImage": "shop:1"}
KEEP_AWAKE = f"/yakin/{NAME}/keep-awake"
TAGS = {"yakin:schedule": "office-hours", "yakin:stack": NAME, "yakin:stage": "dev"}
SLEEPS = datetime(2026, 12, 26, 9, 55, tzinfo=UTC)  # Saturday, 18:55 in Tokyo
LOOK = timedelta(minutes=5)
AWAKE, ASLEEP = "2 of 2..4, available, None", "0 of 0..0, stopped, desired=2 min=2 max=4 since"


def _made(on: Stage) -> None:
    """A dev of one service and one database, kept awake until it is looked at."""
    schedules = on.client("scheduler")
    for found in schedules.list_schedules()["Schedules"]:
        schedules.delete_schedule(Name=found["Name"])  # the others' looks would only cost time
    model = on.client("ecs").describe_services(cluster=on.cluster, services=[on.service])["services"][0]
    on.client("ecs").create_cluster(clusterName="dev")
    on.client("ecs").create_service(
        cluster="dev",
        serviceName="app",
        taskDefinition=model["taskDefinition"],
        desiredCount=2,
        networkConfiguration=model["networkConfiguration"],
        tags=[{"key": key, "value": value} for key, value in TAGS.items()],
    )
    on.client("application-autoscaling").register_scalable_target(
        ServiceNamespace="ecs",
        ResourceId="service/dev/app",
        ScalableDimension="ecs:service:DesiredCount",
        MinCapacity=2,
        MaxCapacity=4,
    )
    on.client("rds").create_db_instance(
        DBInstanceIdentifier="dev-db",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="yakin",
        ManageMasterUserPassword=True,
        PreferredBackupWindow="18:00-19:00",  # while it is looked at, nothing backs it up
        Tags=[{"Key": key, "Value": value} for key, value in TAGS.items()],
    )
    whole = translate(TEMPLATE)
    whole["Resources"] = {name: body for name, body in whole["Resources"].items() if NEEDED.fullmatch(name)}
    values = {**PARAMETERS, "SlackSecretArn": on.stack.parameters["SlackSecretArn"]}
    engine.create(on.world, NAME, {**whole, "Outputs": {}}, values, ROOT)
    _wish(on, "2026-12-26T18:55")
    on.world.clock.run_until(SLEEPS - timedelta(seconds=1))


def _slept(on: Stage) -> None:
    _made(on)
    on.world.clock.run_until(SLEEPS + timedelta(minutes=24))


def _wish(on: Stage, value: str) -> None:
    on.client("ssm").put_parameter(Name=KEEP_AWAKE, Value=value, Overwrite=True)


def _is_woken(on: Stage) -> None:
    """Its change is an event that wakes the function at once; the database answers eight minutes later."""
    _wish(on, "2026-12-27T09:00")
    on.world.clock.run_for(3 * LOOK)


def _state(on: Stage) -> str:
    service = on.client("ecs").describe_services(cluster="dev", services=["app"], include=["TAGS"])["services"][0]
    targets = on.client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="ecs", ResourceIds=["service/dev/app"]
    )["ScalableTargets"][0]
    database = on.client("rds").describe_db_instances(DBInstanceIdentifier="dev-db")["DBInstances"][0]
    tags: dict[str, Any] = {tag["key"]: tag["value"] for tag in service["tags"]}
    asleep = str(tags.get("yakin:asleep")).split(" since=")[0] + (" since" if "yakin:asleep" in tags else "")
    bounds = f"{targets['MinCapacity']}..{targets['MaxCapacity']}"
    return f"{service['desiredCount']} of {bounds}, {database['DBInstanceStatus']}, {asleep}"


def _is(wanted: str) -> Invariant:
    return Invariant(f"dev is: {wanted}", lambda on: None if _state(on) == wanted else f"it is {_state(on)}")


def _production(on: Stage) -> str | None:
    service = on.client("ecs").describe_services(cluster=on.cluster, services=[on.service])["services"][0]
    database = on.client("rds").describe_db_instances(DBInstanceIdentifier=on.id_of("DatabaseInstance"))["DBInstances"]
    found = service["desiredCount"], database[0]["DBInstanceStatus"]  # its sale may have raised the count meanwhile
    return None if found[0] >= 2 and found[1] == "available" else f"it is {found}"


def _letters(on: Stage) -> str | None:
    letters = on.world.of_kind("dead-letter")
    return f"{letters[0].facts['reason']}" if letters else None


BESIDES = (
    Invariant("production is up", _production),
    Invariant("nothing ends in a dead-letter queue", _letters),
)
DEV_SHUTDOWN = [
    Scenario(
        "dev-shutdown, dev falls asleep",
        "DevShutdownFunction",
        _made,
        lambda on: on.world.clock.run_for(2 * LOOK),
        lambda on: on.world.clock.run_for(4 * LOOK),
        (_is(ASLEEP), *BESIDES),
    ),
    Scenario(
        "dev-shutdown, somebody wants it awake",
        "DevShutdownFunction",
        _slept,
        _is_woken,
        lambda on: on.world.clock.run_for(4 * LOOK),
        (_is(AWAKE), *BESIDES),
    ),
]
