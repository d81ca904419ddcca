"""Metric math: expressions as alarms and dashboards write them."""

from __future__ import annotations

import pytest

from rehearsal.aws.cloudwatch_expression import compile
from rehearsal.aws.cloudwatch_math import Context, ExpressionError, one_series

RATE = "IF(all > 0, 100 * (FILL(target, 0) + FILL(elb, 0)) / all, 0)"
SERIES = {
    "all": [0, 100, 50, None], "target": [None, 6, 1, 1], "elb": [None, None, 1, 1],
    "a": [1, 2, 4, 8], "gap": [None, 2, None, 8],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (RATE, [0, 6, 4, None]),
        ("1 + 2 * 3 - -4", [11] * 4),
        ("-a ^ 2 / 2", [-0.5, -2, -8, -32]),
        ("(a + gap) * 2", [None, 8, None, 32]),
        ("all / a", [0, 50, 12.5, None]),
        ("a / all", [None, 0.02, 0.08, None]),  # a division by zero is no data point
        ("a >= 4", [0, 0, 1, 1]),
        ("a > 1 AND a < 8 || a == 1", [1, 1, 1, 0]),
        ("IF(a > 2, gap)", [None, None, None, 8]),
        ("FILL(gap, 0)", [0, 2, 0, 8]),
        ("FILL(gap, REPEAT)", [None, 2, 2, 8]),
        ("FILL(gap, LINEAR)", [None, 2, 5, 8]),
        ("FILL(gap, a)", [1, 2, 4, 8]),
        ("SUM([a, gap])", [1, 4, 4, 16]),
        ("MAX(METRICS('a'))", [1, 100, 50, 8]),
        ("a / SUM(a)", [1 / 15, 2 / 15, 4 / 15, 8 / 15]),
        ("AVG([a, gap]) - MIN([a, gap])", [0, 0, 0, 0]),
        ("RATE(gap)", [None, None, None, 0.05]),  # 6 in 120 seconds
        ("DIFF(a)", [None, 1, 2, 4]),
        ("CEIL(a / 3) + FLOOR(a / 3)", [1, 1, 3, 5]),
        ("METRIC_COUNT(METRICS()) * PERIOD(a)", [300] * 4),
    ],
)
def test_an_expression_gives(expression, expected):
    node, _ = compile(expression)
    series = {key: [None if value is None else float(value) for value in values] for key, values in SERIES.items()}
    assert one_series(node(Context(series, 60, 4)), 4) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("a +", ExpressionError), ("a b", ExpressionError), ("(a", ExpressionError), ("SUM()", ExpressionError),
        ("a ? b", ExpressionError), ("Big + 1", ExpressionError), ("ANOMALY_DETECTION_BAND(a, 2)", NotImplementedError),
    ],
)  # fmt: skip
def test_what_is_no_metric_math_is_refused(expression, problem):
    with pytest.raises(problem):
        compile(expression)
