"""The scenario of secret-bootstrap: a stack that keeps its secrets in Parameter Store asks for one more.

The stack of the stage keeps them in Secrets Manager, so a second, small one stands beside it: the same template, but
only the resources that this is about.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

from rehearsal.aws.cloudformation import engine
from rehearsal.aws.cloudformation.errors import StackError
from rehearsal.aws.stack import translate
from rehearsal.faults.scenario import Invariant, Scenario
from rehearsal.stage import ROOT, TEMPLATE, Stage

NAME = "shop-ssm"
NEEDED = re.compile(r"SecretBootstrap\w*|SecretParameters|NoticesTopic|WarningAlertsTopic")
PARAMETERS = {"EnvironmentName": "dev", "SecretStore": "ssm", "ContainerImage": "shop:1", "ProjectName": "other"}
FIRST, SECOND = "/other/dev/database-app-user", "/other/dev/jwt-secret"


def _template() -> dict[str, Any]:
    whole = translate(TEMPLATE)
    whole["Resources"] = {name: body for name, body in whole["Resources"].items() if NEEDED.fullmatch(name)}
    return {**whole, "Outputs": {}}


def _parameters(on: Stage, **more: str) -> dict[str, str]:
    return {**PARAMETERS, "SlackSecretArn": on.stack.parameters["SlackSecretArn"], **more}


def _made_with_one_secret(on: Stage) -> None:
    for name in ("SaleScalingFunctionSchedule", "SlackAlertFunctionLook"):
        on.client("scheduler").delete_schedule(Name=on.id_of(name))  # another function's looks would only cost time
    engine.create(on.world, NAME, _template(), _parameters(on), ROOT)
    on.say(f"{FIRST} is {_value(on, FIRST)}")


def _asks_for_another(on: Stage) -> None:
    engine.update(on.world.stacks[NAME], _template(), _parameters(on, EnableJwtSecret="true"))


def _may_fail(on: Stage) -> None:
    """Lambda's two retries are the same invocation to whoever refuses it: then the deploy fails, and says so."""
    with contextlib.suppress(StackError):
        _asks_for_another(on)


def _value(on: Stage, name: str) -> str:
    return on.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]


def _first_is_the_same(on: Stage) -> str | None:
    said = [record.facts["text"] for record in on.world.of_kind("story")]
    return None if f"{FIRST} is {_value(on, FIRST)}" in said else "it is another"


def _second_is_secret(on: Stage) -> str | None:
    found = on.client("ssm").get_parameter_history(Name=SECOND)["Parameters"]
    if [version["Type"] for version in found] != ["SecureString"]:
        return f"its versions are {[version['Type'] for version in found]}"
    attributes = on.world.stacks[NAME].resources["SecretParameters"].attributes
    return None if attributes.get("JwtSecretName") == SECOND else f"CloudFormation knows {attributes}"


def _nothing_tells(on: Stage) -> str | None:
    """Not the log, not the answer, not the request for the answer."""
    secrets = [_value(on, FIRST), _value(on, SECOND)]
    for record in on.world.records:
        if record.kind != "story" and any(secret in str(record.facts) for secret in secrets):
            return f"a record of kind {record.kind} holds one"
    logs = [str(record.facts.get("log", "")) + str(record.facts.get("line", "")) for record in on.world.records]
    return (
        "a log holds the address of the answer"
        if any("cloudformation-custom-resource" in text for text in logs)
        else None
    )


SECRET_BOOTSTRAP = [
    Scenario(
        "secret-bootstrap, a stack asks for one more secret",
        "SecretBootstrapFunction",
        _made_with_one_secret,
        _may_fail,
        _asks_for_another,  # a person deploys again; after a deploy that went well it changes nothing
        (
            Invariant("the first secret is the same", _first_is_the_same),
            Invariant("the second is there, secret, and CloudFormation knows its name", _second_is_secret),
            Invariant("nothing tells a secret", _nothing_tells),
        ),
    ),
]
