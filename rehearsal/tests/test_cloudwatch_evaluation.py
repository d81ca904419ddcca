"""The state that follows from data points: the tables of the CloudWatch User Guide, and CloudWatch's sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rehearsal.aws.cloudwatch_evaluation import Point, Rule, evaluate, java

START = int(datetime(2026, 12, 26, 10, 0, tzinfo=UTC).timestamp()) // 60
KEEP, NO_DATA = None, "INSUFFICIENT_DATA"


def points(text: str) -> list[Point | None]:
    """'0 - X': not breaching (the threshold is 5), missing, breaching."""
    values = {"0": 1.0, "X": 9.0}
    return [Point(START + place, values[sign]) if sign != "-" else None for place, sign in enumerate(text.split())]


def state(text: str, needed: int, treatment: str) -> str | None:
    verdict = evaluate(Rule("GreaterThanThreshold", 5, 3, needed, treatment), points(text))
    return verdict and verdict.state


@pytest.mark.parametrize(
    ("needed", "data", "missing", "ignore", "breaching", "not_breaching"),
    [  # "Configuring how CloudWatch alarms treat missing data": 3 out of 3, then 2 out of 3; 5 periods are looked at
        (3, "0 - X - X", "OK", "OK", "OK", "OK"),
        (3, "0 - - - -", "OK", "OK", "OK", "OK"),
        (3, "- - - - -", NO_DATA, KEEP, "ALARM", "OK"),
        (3, "0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"),
        (3, "- - - - X", NO_DATA, KEEP, "ALARM", "OK"),
        (3, "- - X - -", "ALARM", KEEP, "ALARM", "OK"),
        (3, "X - - - -", "ALARM", KEEP, "ALARM", "OK"),
        (2, "0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"),
        (2, "0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"),
        (2, "0 - X - -", "OK", "OK", "ALARM", "OK"),
        (2, "- - - - 0", "OK", "OK", "ALARM", "OK"),
        (2, "- - - X -", "ALARM", KEEP, "ALARM", "OK"),
        (2, "- - - - X", NO_DATA, KEEP, "ALARM", "OK"),
    ],
)
def test_missing_data_is_treated_as_the_guide_says(needed, data, missing, ignore, breaching, not_breaching):
    treatments = ("missing", "ignore", "breaching", "notBreaching")
    assert [state(data, needed, treatment) for treatment in treatments] == [missing, ignore, breaching, not_breaching]


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        ("GreaterThanThreshold", "OK", "OK", "ALARM"),
        ("GreaterThanOrEqualToThreshold", "OK", "ALARM", "ALARM"),
        ("LessThanThreshold", "ALARM", "OK", "OK"),
        ("LessThanOrEqualToThreshold", "ALARM", "ALARM", "OK"),
    ],
)
def test_every_comparison(comparison, below, equal, above):
    rule = Rule(comparison, 5, 1, None)
    states = [evaluate(rule, [Point(START, value)]).state for value in (4.9, 5.0, 5.1)]
    assert states == [below, equal, above]


@pytest.mark.parametrize(
    ("rule", "data", "reason"),
    [
        (
            Rule("GreaterThanThreshold", 5, 1, 1), "- - X",
            "Threshold Crossed: 1 out of the last 1 datapoints [9.0 (26/12/26 10:02:00)] was greater than the "
            "threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).",
        ),
        (
            Rule("GreaterThanOrEqualToThreshold", 5, 1, None), "- - X",
            "Threshold Crossed: 1 datapoint [9.0 (26/12/26 10:02:00)] was greater than or equal to the threshold "
            "(5.0).",
        ),
        (
            Rule("GreaterThanThreshold", 5, 3, 2), "- 0 0 X X",
            "Threshold Crossed: 2 out of the last 3 datapoints [9.0 (26/12/26 10:04:00), 9.0 (26/12/26 10:03:00)] were "
            "greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).",
        ),
        (
            Rule("GreaterThanThreshold", 5, 3, 3), "X X X X 0",
            "Threshold Crossed: 1 out of the last 3 datapoints [1.0 (26/12/26 10:04:00)] was not greater than the "
            "threshold (5.0) (minimum 1 datapoint for ALARM -> OK transition).",
        ),
        (
            Rule("LessThanThreshold", 5, 5, 5), "- - 0 0 0 0 0",
            "Threshold Crossed: 5 out of the last 5 datapoints were less than the threshold (5.0). The most recent "
            "datapoints which crossed the threshold: [1.0 (26/12/26 10:06:00), 1.0 (26/12/26 10:05:00), "
            "1.0 (26/12/26 10:04:00), 1.0 (26/12/26 10:03:00), 1.0 (26/12/26 10:02:00)] "
            "(minimum 5 datapoints for OK -> ALARM transition).",
        ),
        (
            Rule("LessThanThreshold", 5, 3, None, "breaching"), "- - - - -",
            "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as "
            "[Breaching].",
        ),
        (
            Rule("LessThanThreshold", 5, 3, None, "breaching"), "- - - - X",
            "Threshold Crossed: 1 datapoint [9.0 (26/12/26 10:04:00)] was not less than the threshold (5.0) and "
            "2 missing datapoints were treated as [Breaching].",
        ),
        (
            Rule("GreaterThanThreshold", 5, 1, None, "notBreaching"), "- - -",
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
            "[NonBreaching].",
        ),
        (Rule("GreaterThanThreshold", 5, 3, None), "- - - - -", "Insufficient Data: 3 datapoints were unknown."),
    ],
)  # fmt: skip
def test_the_reason_is_the_sentence_of_cloudwatch(rule, data, reason):
    assert evaluate(rule, points(data)).reason == reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0.0"),
        (80, "80.0"),
        (1e7, "1.0E7"),
        (2**32, "4.294967296E9"),
        (1e-4, "1.0E-4"),
        (-12345678.9, "-1.23456789E7"),
    ],
)
def test_numbers_are_written_as_java_does(value, text):
    assert java(value) == text
