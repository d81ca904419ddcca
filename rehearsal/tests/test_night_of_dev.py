"""A night of dev in the embedded AWS: asleep at six in the evening, up before people arrive, exactly as it was left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.player import slack_text
from rehearsal.stage import Stage, stage
from rehearsal.tests import roles

EVENING = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)  # Thursday, 18:00 in Tokyo
MORNING = EVENING + timedelta(hours=15)  # Friday, 9:00
DEV = {"EnvironmentName": "dev", "CertificateArn": "", "AlertLanguage": "en"}
BUILT = (Path(__file__).parents[2] / "functions" / "dev-shutdown" / "target" / "dev-shutdown.zip").exists()
pytestmark = [pytest.mark.long, pytest.mark.skipif(not BUILT, reason="the functions are not built: make package")]
# A sale in the middle of the night: dev-shutdown decides about dev, not the calendar.
CALENDAR = {"sales": [{"name": "winter", "opens": "2026-12-10T20:00", "closes": "2026-12-10T22:00"}]}


@dataclass
class Night:
    on: Stage
    # Running, desired, min, max, the database's status, and the service's tag, by when it was looked at.
    seen: dict[str, tuple[int, int, int, int, str, str | None]] = field(default_factory=dict)

    def see(self, when: str, until: datetime) -> None:
        self.on.world.clock.run_until(until)
        bounds, database = self.target(), self.database()
        self.seen[when] = (
            self.service()["runningCount"],
            self.service()["desiredCount"],
            bounds["MinCapacity"],
            bounds["MaxCapacity"],
            database["DBInstanceStatus"],
            {tag["key"]: tag["value"] for tag in self.service()["tags"]}.get("yakin:asleep"),
        )

    def service(self) -> dict[str, Any]:
        found = self.on.client("ecs").describe_services(
            cluster=self.on.cluster, services=[self.on.service], include=["TAGS"]
        )
        return found["services"][0]

    def target(self) -> dict[str, Any]:
        found = self.on.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
        return next(one for one in found["ScalableTargets"] if one["ResourceId"].endswith(self.on.service))

    def database(self) -> dict[str, Any]:
        name = self.on.id_of("DatabaseInstance")
        return self.on.client("rds").describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]


@pytest.fixture(scope="module")
def night() -> Iterator[Night]:
    """From Thursday afternoon, with three tasks where two are the least, to Friday evening."""
    with stage(EVENING - timedelta(hours=2), parameters=DEV) as on:
        on.edit_calendar(json.dumps(CALENDAR))
        on.client("ecs").update_service(cluster=on.cluster, service=on.service, desiredCount=3)
        played = Night(on)
        played.see("before", EVENING - timedelta(seconds=1))
        played.see("asleep", EVENING + timedelta(minutes=25))
        played.see("still asleep", MORNING - timedelta(minutes=31))
        played.see("awake", MORNING)
        on.world.clock.run_until(MORNING + timedelta(hours=9, minutes=1))
        yield played


def test_dev_sleeps_at_six_and_is_up_at_nine_as_it_was_left(night: Night):
    asleep = (0, 0, 0, 0, "stopped", "desired=3 min=2 max=4 since=2026-12-10T09:00:00Z")
    assert night.seen == {
        "before": (3, 3, 2, 4, "available", None),
        "asleep": asleep,
        "still asleep": asleep,
        "awake": (3, 3, 2, 4, "available", None),
    }


def test_sale_scaling_looks_all_night_and_leaves_what_sleeps_alone_although_a_sale_is_on(night: Night):
    changes = ("RegisterScalableTarget", "UpdateService", "PutScheduledAction", "DeleteScheduledAction")
    made = [
        call.action.split(":")[1]
        for call in night.on.world.calls
        if call.who == "SaleScalingFunction" and call.action.endswith(changes)
        if EVENING + timedelta(seconds=1) < call.at < MORNING - timedelta(minutes=30)
    ]
    assert made == ["DeleteScheduledAction"]  # the raise of the sale, which would have woken dev
    looks = [
        record
        for record in night.on.world.of_kind("invocation")
        if "SaleScaling" in record.facts["function"] and EVENING < record.at <= MORNING
    ]
    assert len(looks) >= 12 * 15
    assert [record.facts["error"] for record in looks if record.facts["error"]] == []


def test_people_hear_in_the_evening_and_in_the_morning(night: Night):
    posts = [record.facts for record in night.on.world.of_kind("slack") if not record.facts["edited"]]
    told = [slack_text.everything(post) for post in posts]
    assert len([text for text in told if "dev goes to sleep until 2026-12-11 (Fri) 09:00" in text]) == 1
    assert len([text for text in told if "dev is up: 3 of 3 tasks healthy" in text]) == 1


def test_on_friday_people_hear_what_the_metrics_add_up_to(night: Night):
    told = [slack_text.everything(record.facts) for record in night.on.world.of_kind("slack")]
    week = next(text for text in told if "dev slept" in text)
    assert "dev slept 15 hours this week and saved" in week
    assert "2026-12-12 (Sat): asleep" in week
    assert "2026-12-14 (Mon): up 09:00 to 18:00" in week


def test_nothing_was_denied_lost_or_failed(night: Night):
    kinds = ("denied", "dead-letter", "not-emulated", "lost", "emf-error")
    ours = [record for kind in kinds for record in night.on.world.of_kind(kind) if "Probe" not in str(record)]
    assert ours == []
    errors = [
        record.facts["error"]
        for record in night.on.world.of_kind("invocation")
        if "DevShutdown" in record.facts["function"]
    ]
    assert [error for error in errors if error] == []
    saved = night.on.client("cloudwatch").get_metric_statistics(
        Namespace="Yakin",
        MetricName="SavedYenPerHour",
        Dimensions=[{"Name": "Stack", "Value": "yakin-prod"}, {"Name": "Function", "Value": "dev-shutdown"}],
        StartTime=EVENING + timedelta(hours=1),
        EndTime=EVENING + timedelta(hours=2),
        Period=3600,
        Statistics=["Average"],
    )["Datapoints"]
    assert saved[0]["Average"] > 3.75  # the database alone


@pytest.mark.parametrize(
    "change",
    [
        {"yakin:schedule": "always"},
        {"yakin:stack": "another"},
        {"yakin:stage": "prod"},
        {"yakin:stage": "production"},
    ],
    ids=str,
)
def test_iam_alone_refuses_what_did_not_opt_in_and_production(night: Night, change: dict[str, str]):
    """The third refusal: with the function's own credentials, as if its code had lost its mind."""
    arn, database = night.service()["serviceArn"], night.database()
    before = {tag["key"]: tag["value"] for tag in night.service()["tags"]}
    ecs, rds = roles.client(night.on, "DevShutdownRole", "ecs"), roles.client(night.on, "DevShutdownRole", "rds")
    ecs.update_service(cluster=night.on.cluster, service=night.on.service, desiredCount=3)
    try:
        tags = [{"key": key, "value": value} for key, value in change.items()]
        night.on.client("ecs").tag_resource(resourceArn=arn, tags=tags)
        capital = [{"Key": key, "Value": value} for key, value in change.items()]
        night.on.client("rds").add_tags_to_resource(ResourceName=database["DBInstanceArn"], Tags=capital)
        for call in (
            lambda: ecs.update_service(cluster=night.on.cluster, service=night.on.service, desiredCount=0),
            lambda: ecs.tag_resource(resourceArn=arn, tags=[{"key": "yakin:asleep", "value": "desired=3"}]),
            lambda: rds.stop_db_instance(DBInstanceIdentifier=database["DBInstanceIdentifier"]),
        ):
            with pytest.raises(ClientError, match="not authorized to perform"):
                call()
    finally:
        for key in change:
            night.on.client("ecs").tag_resource(resourceArn=arn, tags=[{"key": key, "value": before[key]}])
            capital = [{"Key": key, "Value": before[key]}]
            night.on.client("rds").add_tags_to_resource(ResourceName=database["DBInstanceArn"], Tags=capital)


def test_iam_lets_the_function_write_no_other_tag(night: Night):
    with pytest.raises(ClientError, match="not authorized to perform"):
        roles.client(night.on, "DevShutdownRole", "ecs").tag_resource(
            resourceArn=night.service()["serviceArn"], tags=[{"key": "yakin:schedule", "value": "office-hours"}]
        )
