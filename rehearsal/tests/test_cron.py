from datetime import UTC, datetime

import pytest

from rehearsal.aws import cron


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "zone", "after", "expected"),
    [
        ("cron(0 9 ? * MON-FRI *)", "Asia/Tokyo", "2026-11-20T00:00:00", "2026-11-23T00:00:00"),  # Friday 9:00 is over
        ("cron(0 22 * * ? *)", "Asia/Tokyo", "2026-11-22T12:59:59", "2026-11-22T13:00:00"),
        ("cron(0 22 * * ? *)", "Asia/Tokyo", "2026-11-22T13:00:00", "2026-11-23T13:00:00"),  # strictly later
        ("cron(0 6 1 * ? *)", "Asia/Tokyo", "2026-11-22T00:00:00", "2026-11-30T21:00:00"),  # the last day in UTC
        ("cron(0/15 * * * ? *)", "UTC", "2026-11-22T00:07:00", "2026-11-22T00:15:00"),
        ("cron(0 0 L * ? *)", "UTC", "2028-02-01T00:00:00", "2028-02-29T00:00:00"),  # leap year
        ("cron(0 0 LW * ? *)", "UTC", "2026-02-01T00:00:00", "2026-02-27T00:00:00"),  # 28 is a Saturday
        ("cron(0 0 1W * ? *)", "UTC", "2026-07-31T12:00:00", "2026-08-03T00:00:00"),  # the 1st is a Saturday
        ("cron(0 0 ? * 6L *)", "UTC", "2026-11-01T00:00:00", "2026-11-27T00:00:00"),  # the last Friday
        ("cron(0 0 ? * L *)", "UTC", "2026-11-22T00:00:00", "2026-11-28T00:00:00"),  # L alone is Saturday
        ("cron(0 0 ? * MON#2 *)", "UTC", "2026-11-01T00:00:00", "2026-11-09T00:00:00"),
        ("cron(0 0 29 2 ? *)", "UTC", "2026-01-01T00:00:00", "2028-02-29T00:00:00"),
        ("cron(0 0 1 1 ? 2020)", "UTC", "2026-01-01T00:00:00", None),
        ("rate(5 minutes)", "UTC", "2026-11-22T00:00:00", "2026-11-22T00:05:00"),
        ("at(2026-12-26T20:00:00)", "Asia/Tokyo", "2026-11-22T00:00:00", "2026-12-26T11:00:00"),
        ("at(2026-12-26T20:00:00)", "Asia/Tokyo", "2026-12-26T11:00:00", None),
        # 02:30 does not exist in Berlin on 2026-03-29: skipped.
        ("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-28T02:00:00", "2026-03-30T00:30:00"),
        # 02:30 exists twice on 2026-10-25: the first counts, the second does not.
        ("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00", "2026-10-25T00:30:00"),
        ("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-25T00:30:00", "2026-10-26T01:30:00"),
    ],
)
def test_the_next_time(expression: str, zone: str, after: str, expected: str | None) -> None:
    found = cron.next_fire(cron.parse(expression), utc(after), zone)
    assert found == (utc(expected) if expected else None)


def test_a_rate_keeps_the_rhythm_of_its_start() -> None:
    start = utc("2026-11-22T00:03:00")
    assert cron.next_fire(cron.parse("rate(5 minutes)"), utc("2026-11-22T00:10:00"), start=start) == utc(
        "2026-11-22T00:13:00"
    )


@pytest.mark.parametrize(
    "expression",
    [
        "cron(0 22 * * * *)",  # both day fields
        "cron(0 22 ? * ? *)",  # neither
        "cron(0 22 * * ?)",  # five fields
        "cron(60 22 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 9 ? * MON-FRO *)",
        "cron(0 9 ? * 0 *)",  # Sunday is 1
        "cron(0 9 ? * MON#6 *)",
        "cron(0 9 32W * ? *)",
        "cron(0 9 * * ? 1969)",
        "cron(0 9 5-3 * ? *)",
        "cron(0/0 9 * * ? *)",
        "cron()",
        "rate(0 minutes)",
        "rate(5 seconds)",
        "rate(5minutes)",
        "at(2026-12-26 20:00:00)",
        "at(2026-13-26T20:00:00)",
        "0 22 * * ? *",
        "",
    ],
)
def test_what_aws_refuses(expression: str) -> None:
    with pytest.raises(cron.InvalidScheduleError, match="Invalid Schedule Expression"):
        cron.parse(expression)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "JST-9", "/etc/localtime"])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(cron.InvalidScheduleError, match="time zone"):
        cron.validate("rate(5 minutes)", zone)
