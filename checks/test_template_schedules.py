"""Every schedule expression is one that AWS takes: cfn-lint looks at those of EventBridge rules only."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from checks.template.model import Template
from checks.template.sets import PROD
from rehearsal.aws import cron


def expressions(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every cron, rate or at expression, wherever it stands in the translated template."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from expressions(item, f"{path}/{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from expressions(item, f"{path}/{number}")
    elif isinstance(value, str) and value.startswith(("cron(", "rate(", "at(")):
        yield path, value


def planted(old: str, new: str) -> list[str]:
    text = Template.real().text
    assert old in text
    return [found for _, found in expressions(Template(text.replace(old, new)).translated["Resources"])]


def test_every_expression_is_valid() -> None:
    found = list(expressions(Template.real().translated["Resources"]))
    assert found
    for _, expression in found:
        cron.parse(expression)


def test_every_schedule_names_the_time_zone_of_japan() -> None:
    for schedule in Template.real().stack(PROD).of_type("AWS::Scheduler::Schedule"):
        zone = schedule.properties.get("ScheduleExpressionTimezone")
        assert zone == "Asia/Tokyo", schedule.id
        ZoneInfo(zone)


@pytest.mark.parametrize("expression", ["cron(0 22 * * * *)", "cron(0 22 ? * ? *)", "cron(0 22 * * ?)", "rate(5)"])
@pytest.mark.parametrize("place", ["rate(5 minutes)", "cron(0 22 * * ? *)"], ids=["Scheduler", "Auto Scaling"])
def test_a_bad_expression_is_found_where_it_stands(place: str, expression: str) -> None:
    assert expression in planted(place, expression)
    with pytest.raises(ValueError):
        cron.parse(expression)
