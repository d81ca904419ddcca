"""The scenarios of secret-rotation: the rotation against a real PostgreSQL, and the adoption of what has changed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from rehearsal import postgres
from rehearsal.faults.scenario import Invariant, Scenario
from rehearsal.stage import Stage


def _secret(on: Stage) -> str:
    return on.id_of("DatabaseAppSecret")


def _described(on: Stage) -> Any:
    return on.client("secretsmanager").describe_secret(SecretId=_secret(on))


def database_answers(on: Stage) -> None:
    """A new stack's database, in which the shop's user does not exist yet."""
    postgres.answer_for(on.world, on.id_of("DatabaseInstance"), _secret(on))


def password_rotates(on: Stage) -> None:
    on.client("secretsmanager").rotate_secret(SecretId=_secret(on))
    on.world.clock.run_for(timedelta(minutes=1))


def secret_changes_by_hand(on: Stage) -> None:
    secrets = on.client("secretsmanager")
    content = json.loads(secrets.get_secret_value(SecretId=_secret(on))["SecretString"])
    secrets.put_secret_value(SecretId=_secret(on), SecretString=json.dumps(content | {"password": "by-hand"}))
    on.world.clock.run_for(timedelta(minutes=1))


def current_logs_in(on: Stage) -> str | None:
    secrets = on.client("secretsmanager")
    content = json.loads(secrets.get_secret_value(SecretId=_secret(on))["SecretString"])
    user, password = content["username"], content["password"]
    if user != "app_user_clone":
        return f"it is still {user}"
    works = on.world.database.runs(content["dbname"], user, password, "CREATE TABLE IF NOT EXISTS orders (id int)")
    return None if works else f"{user} is refused"


def two_labels(on: Stage) -> str | None:
    labels = sorted(label for found in _described(on)["VersionIdsToStages"].values() for label in found)
    return None if labels == ["AWSCURRENT", "AWSPREVIOUS"] else f"they are {labels}"


def no_password_in_a_log(on: Stage) -> str | None:
    secrets = on.client("secretsmanager")
    versions = _described(on)["VersionIdsToStages"]
    texts = [secrets.get_secret_value(SecretId=_secret(on), VersionId=version)["SecretString"] for version in versions]
    passwords = [json.loads(text)["password"] for text in texts]
    lines = "".join(json.dumps(record.facts, default=str) for record in on.world.records)
    return "one is there" if any(password in lines for password in passwords) else None


def every_task_is_newer(on: Stage) -> str | None:
    found = _described(on)
    current = next(v for v, labels in found["VersionIdsToStages"].items() if "AWSCURRENT" in labels)
    tags = {tag["Key"]: tag["Value"] for tag in found.get("Tags", [])}
    if tags.get("yakin:adopted") != current:
        return f"the tags are {tags}"
    ecs = on.client("ecs")
    tasks = ecs.list_tasks(cluster=on.cluster, serviceName=on.service)["taskArns"]
    since = tags["yakin:adopting"].split(" ")[1]
    made = [t["createdAt"] for t in ecs.describe_tasks(cluster=on.cluster, tasks=tasks)["tasks"]]
    old = [when for when in made if when.strftime("%Y-%m-%dT%H:%M:%SZ") < since]
    return f"{len(old)} of {len(made)} tasks are older than {since}" if old or not made else None


def nobody_was_woken(on: Stage) -> str | None:
    published = [json.loads(c.params["Message"]) for c in on.world.calls if c.action == "sns:Publish"]
    critical = [one["title"] for one in published if one.get("severity") == "critical"]
    return f"{critical}" if critical else None


SECRET_ROTATION = [
    Scenario(
        "secret-rotation, the first rotation of a new stack",
        "SecretRotationFunction",
        database_answers,
        password_rotates,
        lambda on: on.world.clock.run_for(timedelta(minutes=14)),
        (
            Invariant("AWSCURRENT logs in", current_logs_in),
            Invariant("exactly AWSCURRENT and AWSPREVIOUS are labelled", two_labels),
            Invariant("no password is in any log or message", no_password_in_a_log),
        ),
    ),
    Scenario(
        "secret-rotation, the tasks adopt a changed secret",
        "SecretAdoptionFunction",
        lambda on: None,
        secret_changes_by_hand,
        lambda on: on.world.clock.run_for(timedelta(minutes=20)),
        (
            Invariant("every task was made after the change, and that is written down", every_task_is_newer),
            Invariant("nobody is woken", nobody_was_woken),
        ),
    ),
]
