import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.tests.fleet import Shop, shop

FUNCTION = "arn:aws:lambda:ap-northeast-1:123456789012:function:night"
ROLE = "arn:aws:iam::123456789012:role/scheduler"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as built:
        yield built


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str, str | None]]:
    from rehearsal.aws import targets

    found: list[tuple[str, str, str, str | None]] = []

    def deliver(arn: str, payload: str, via: str, dead_letter_arn: str | None = None) -> None:
        found.append((arn, payload, via, dead_letter_arn))

    monkeypatch.setattr(targets, "deliver", deliver)
    return found


def create(web: Shop, expression: str, name: str = "night", **options: Any) -> None:
    target = {"Arn": FUNCTION, "RoleArn": ROLE, "Input": '{"at": "<aws.scheduler.scheduled-time>"}'}
    defaults: dict[str, Any] = {"FlexibleTimeWindow": {"Mode": "OFF"}, "Target": target}
    web.client("scheduler").create_schedule(Name=name, ScheduleExpression=expression, **{**defaults, **options})


def times(delivered: list[Any]) -> list[str]:
    return [json.loads(payload)["at"] for _, payload, _, _ in delivered]


def test_a_cron_fires_in_its_time_zone(web: Shop, delivered: list[Any]) -> None:
    create(web, "cron(0 22 * * ? *)", ScheduleExpressionTimezone="Asia/Tokyo")
    web.run(hours=40)
    assert times(delivered) == ["2026-12-01T13:00:00Z", "2026-12-02T13:00:00Z"]
    assert delivered[0][0] == FUNCTION
    assert delivered[0][2] == "schedule night"


def test_a_rate_begins_at_once(web: Shop, delivered: list[Any]) -> None:
    create(web, "rate(5 minutes)")
    web.run(minutes=11)
    assert times(delivered) == ["2026-12-01T00:00:00Z", "2026-12-01T00:05:00Z", "2026-12-01T00:10:00Z"]


def test_start_and_end_date(web: Shop, delivered: list[Any]) -> None:
    create(web, "rate(1 hour)", StartDate="2026-12-01T02:30:00Z", EndDate="2026-12-01T04:30:00Z")
    web.run(hours=9)
    assert times(delivered) == ["2026-12-01T02:30:00Z", "2026-12-01T03:30:00Z"]


def test_a_one_time_schedule_may_delete_itself(web: Shop, delivered: list[Any]) -> None:
    create(web, "at(2026-12-01T10:00:00)", ScheduleExpressionTimezone="Asia/Tokyo", ActionAfterCompletion="DELETE")
    web.run(hours=9)
    assert times(delivered) == ["2026-12-01T01:00:00Z"]
    assert web.client("scheduler").list_schedules()["Schedules"] == []


def test_disabled_changed_and_deleted_schedules(web: Shop, delivered: list[Any]) -> None:
    create(web, "rate(1 hour)", name="disabled", State="DISABLED")
    create(web, "cron(0 5 * * ? *)", name="changed")
    create(web, "cron(0 6 * * ? *)", name="deleted")
    web.client("scheduler").update_schedule(
        Name="changed",
        ScheduleExpression="cron(0 7 * * ? *)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": FUNCTION, "RoleArn": ROLE, "Input": '{"at": "<aws.scheduler.scheduled-time>"}'},
    )
    web.client("scheduler").delete_schedule(Name="deleted")
    web.run(hours=20)
    assert times(delivered) == ["2026-12-01T07:00:00Z"]


def test_a_flexible_window_delays_within_it_and_keeps_the_scheduled_time(web: Shop, delivered: list[Any]) -> None:
    window = {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}
    create(web, "cron(0 5 * * ? *)", FlexibleTimeWindow=window)
    web.run(hours=5, minutes=15)
    assert times(delivered) == ["2026-12-01T05:00:00Z"]


def test_context_attributes_default_input_and_dead_letters(web: Shop, delivered: list[Any]) -> None:
    queue = "arn:aws:sqs:ap-northeast-1:123456789012:dead"
    target = {"Arn": FUNCTION, "RoleArn": ROLE, "DeadLetterConfig": {"Arn": queue}}
    create(web, "at(2026-12-01T01:00:00)", name="plain", Target=target)
    text = '{"arn": "<aws.scheduler.schedule-arn>", "try": "<aws.scheduler.attempt-number>"}'
    create(web, "at(2026-12-01T02:00:00)", name="rich", Target={**target, "Input": text})
    web.run(hours=3)
    event = json.loads(delivered[0][1])
    assert (event["detail-type"], event["source"], event["time"]) == (
        "Scheduled Event",
        "aws.scheduler",
        "2026-12-01T01:00:00Z",
    )
    assert json.loads(delivered[1][1]) == {
        "arn": "arn:aws:scheduler:ap-northeast-1:123456789012:schedule/default/rich",
        "try": "1",
    }
    assert {entry[3] for entry in delivered} == {queue}


@pytest.mark.parametrize(
    ("expression", "options"),
    [
        ("cron(0 22 * * * *)", {}),
        ("cron(0 22 * * ? *)", {"ScheduleExpressionTimezone": "Mars/X"}),
        ("rate(5 minutes)", {"FlexibleTimeWindow": {"Mode": "FLEXIBLE"}}),
        ("rate(5 minutes)", {"FlexibleTimeWindow": {"Mode": "OFF", "MaximumWindowInMinutes": 5}}),
        ("rate(5 minutes)", {"Target": {"Arn": FUNCTION, "RoleArn": "role"}}),
        (
            "rate(5 minutes)",
            {"Target": {"Arn": FUNCTION, "RoleArn": ROLE, "RetryPolicy": {"MaximumRetryAttempts": 186}}},
        ),
    ],
)
def test_what_the_scheduler_refuses(web: Shop, expression: str, options: dict[str, Any]) -> None:
    with pytest.raises((ClientError, ValueError), match="ValidationException|Invalid"):
        create(web, expression, **options)
