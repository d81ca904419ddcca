"""A new stack comes up by itself, with the real zip and a real PostgreSQL; and who may call the rotation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from rehearsal import postgres
from rehearsal.aws import api, lambda_, resource_policy, sessions
from rehearsal.aws.faults import THROTTLED, FaultRule
from rehearsal.aws.resource_policy import DeniedError, Sender
from rehearsal.aws.world import World
from rehearsal.stage import ROOT, Stage, stage
from rehearsal.tests.functions import arn_of, create_function

MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # 10:00 in Tokyo
BUILT = (ROOT / "functions/secret-rotation/target/secret-rotation.zip").exists()
BUILDS = pytest.mark.skipif(not BUILT, reason="the functions are not built: make package")


@pytest.fixture(scope="module", params=["secretsmanager", "ssm"])
def new_stack(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Throttled on the way: the first two calls of the rotation function are refused."""

    def prepare(world: World) -> None:
        postgres.answers_new_stack(world)
        world.on_call.append(FaultRule("(secretsmanager|ssm):.*", THROTTLED, who="SecretRotationFunction", times=2))

    parameters = {"AlertLanguage": "en", "SecretStore": request.param}
    with stage(MORNING, parameters=parameters, prepare=prepare) as on:
        for schedule in on.client("scheduler").list_schedules()["Schedules"]:
            if "SecretAdoption" not in schedule["Name"]:  # another function's looks would only cost time
                on.client("scheduler").delete_schedule(Name=schedule["Name"])
        yield on
        on.world.database.close()


def _current(on: Stage) -> tuple[str, str, str]:
    """User, password and database that a task that starts now gets."""
    if on.stack.parameters["SecretStore"] == "ssm":
        name = on.stack.outputs["DatabaseAppSecretName"]
        url = urlsplit(on.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
        return url.username, url.password, url.path.lstrip("/")
    content = json.loads(
        on.client("secretsmanager").get_secret_value(SecretId=on.id_of("DatabaseAppSecret"))["SecretString"]
    )
    return content["username"], content["password"], content["dbname"]


@pytest.mark.long
@BUILDS
def test_a_new_stack_starts_no_task_before_its_user_logs_in(new_stack: Stage) -> None:
    on = new_stack
    kinds = [
        (place, record)
        for place, record in enumerate(on.world.records)
        if record.kind == "tasks"
        or (record.kind == "invocation" and record.facts["function"] == "SecretRotationFunction")
    ]
    first = kinds[0][1]
    assert (first.kind, first.facts["trigger"], first.facts["error"]) == ("invocation", "cloudformation", None)
    user, password, database = _current(on)
    assert on.world.database.runs(database, user, password, "SELECT 1")
    assert not on.world.database.runs(database, user, "wrong", "SELECT 1")


@pytest.mark.long
@BUILDS
def test_throttled_calls_are_retried_within_the_step(new_stack: Stage) -> None:
    on = new_stack
    refused = [call for call in on.world.calls if call.outcome == f"fault: {THROTTLED.code}"]
    assert len(refused) == 2
    failed = [
        record.facts["error"]
        for record in on.world.of_kind("invocation")
        if record.facts["function"] == "SecretRotationFunction" and record.facts["error"]
    ]
    assert failed == []


@pytest.mark.long
@BUILDS
def test_the_next_rotation_ends_well_and_is_adopted(new_stack: Stage) -> None:
    on = new_stack
    on.world.clock.run_for(timedelta(minutes=15))
    before = _current(on)
    if on.stack.parameters["SecretStore"] == "ssm":
        lambda_.invoke_async(arn_of(on.id_of("SecretRotationFunction")), '{"rotate": true}', "by hand")
    else:
        on.client("secretsmanager").rotate_secret(SecretId=on.id_of("DatabaseAppSecret"))
    on.world.clock.run_for(timedelta(minutes=15))
    user, password, database = _current(on)
    assert user != before[0]
    assert on.world.database.runs(database, user, password, "SELECT 1")
    assert on.world.database.runs(database, before[0], before[1], "SELECT 1"), "the tasks before still work"
    said = [json.loads(call.params["Message"])["title"] for call in on.world.calls if call.action == "sns:Publish"]
    assert [title for title in said if "every task uses the new value" in title]


@pytest.mark.long
@BUILDS
def test_only_secrets_manager_for_this_secret_may_call_the_rotation(new_stack: Stage) -> None:
    on = new_stack
    function = arn_of(on.id_of("SecretRotationFunction"))
    elsewhere = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:other-AbCdEf"
    senders = [
        Sender("secretsmanager.amazonaws.com", elsewhere),
        Sender("events.amazonaws.com", elsewhere),
        Sender("sns.amazonaws.com", on.id_of("NoticesTopic")),
    ]
    for sender in senders:
        with pytest.raises(DeniedError, match="does not let"):
            resource_policy.check(sender, function)
    if on.stack.parameters["SecretStore"] == "secretsmanager":
        resource_policy.check(Sender("secretsmanager.amazonaws.com", on.id_of("DatabaseAppSecret")), function)


@pytest.mark.parametrize(
    ("schedule", "policy", "allowed"),
    [("", "", True), (":live", "", False), (":live", ":live", True), ("", ":live", False)],
)
def test_the_trap_of_the_alias(served, functions, wire, schedule: str, policy: str, allowed: bool) -> None:
    """SAM's AWSSecretsManagerRotationPolicy asks that the secret's rotation function is the one that it was given.

    A schedule with the ARN of an alias and a policy with the function's name do not match: the first step is denied.
    """
    function = create_function("rotate")
    api.client("lambda").create_alias(FunctionName="rotate", Name="live", FunctionVersion="$LATEST")
    secrets = api.client("secretsmanager")
    secret = secrets.create_secret(Name="shop/password", SecretString="{}")["ARN"]
    rules = {"AutomaticallyAfterDays": 30}
    secrets.rotate_secret(SecretId=secret, RotationLambdaARN=function + schedule, RotationRules=rules)
    condition = {"StringEquals": {"secretsmanager:resource/AllowRotationLambdaArn": function + policy}}
    statement = {
        "Effect": "Allow",
        "Action": "secretsmanager:DescribeSecret",
        "Resource": "arn:aws:secretsmanager:*",
        "Condition": condition,
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    api.client("iam").put_role_policy(RoleName="rotate-role", PolicyName="rotation", PolicyDocument=document)
    role = api.client("iam").get_role(RoleName="rotate-role")["Role"]["Arn"]
    asks = wire("secretsmanager", sessions.begin(served, role, "rotate", "Rotate"))
    if allowed:
        assert asks.describe_secret(SecretId=secret)["RotationLambdaARN"] == function + schedule
    else:
        with pytest.raises(ClientError, match="is not authorized to perform: secretsmanager:DescribeSecret"):
            asks.describe_secret(SecretId=secret)
