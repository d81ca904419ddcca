"""Every function is killed after each of its outside calls that changes something; the next look repairs everything.

A process killed after one call leaves the same world as one killed before the next call, and one killed after a call
that only reads the same as one killed after the change before it. ``make faults`` plays every scenario, every call and
every way in which a call goes wrong.
"""

from __future__ import annotations

import pytest
from samtranslator.yaml_helper import yaml_parse

from rehearsal.faults import scenarios
from rehearsal.faults.scenario import Mode
from rehearsal.stage import TEMPLATE

# The first scenario of each function matters most; drills of a copy and of Aurora have calls of their own.
FIRST = {scenario.function: scenario for scenario in reversed(scenarios.ALL)}
CHOSEN = [
    *FIRST.values(),
    *(scenario for scenario in scenarios.ALL if scenario.name.endswith(("second region", "of Aurora"))),
]

# Each takes a minute or more: ``make check`` plays one function, ``make long`` all of them.
EACH = [
    pytest.param(
        scenario, id=scenario.name, marks=() if scenario.function == "SaleScalingFunction" else pytest.mark.long
    )
    for scenario in sorted(CHOSEN, key=lambda scenario: scenario.name)
]


@pytest.mark.parametrize("scenario", EACH)
def test_a_function_killed_anywhere_is_repaired_by_the_next_look(scenario):
    (result,) = scenarios.play([scenario], [Mode.KILLED_AFTER], 1, TEMPLATE, lambda line: None, True)
    print(result)
    assert result.violations == []
    assert result.tried > 0


def test_every_function_has_a_scenario():
    resources = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))["Resources"]
    functions = {name for name, body in resources.items() if body["Type"] == "AWS::Serverless::Function"}
    assert {scenario.function for scenario in scenarios.ALL} == functions
