"""Every function is killed after each of its outside calls; the next look repairs everything.

A process killed after one call leaves the same world as one killed before the next call, so one kill a call is enough
here. ``make faults`` plays every scenario in all ways in which a call goes wrong.
"""

from __future__ import annotations

import pytest
from samtranslator.yaml_helper import yaml_parse

from rehearsal.faults import scenarios
from rehearsal.faults.scenario import Mode
from rehearsal.stage import TEMPLATE

KILLS = [Mode.KILLED_AFTER]
CHOSEN = ["sale-scaling, the warm-up begins", "slack-alert, an alarm rings"]


@pytest.fixture(scope="module")
def results():
    chosen = [scenario for scenario in scenarios.ALL if scenario.name in CHOSEN]
    played = scenarios.play(chosen, KILLS, 1, TEMPLATE, lambda line: None)
    return {result.scenario: result for result in played}


@pytest.mark.parametrize("name", CHOSEN)
def test_a_function_killed_anywhere_is_repaired_by_the_next_look(results, name):
    result = results[name]
    assert result.violations == []
    assert result.tried == len(KILLS) * len(result.calls) > 0


def test_every_function_has_a_scenario():
    resources = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))["Resources"]
    functions = {name for name, body in resources.items() if body["Type"] == "AWS::Serverless::Function"}
    assert {scenario.function for scenario in scenarios.ALL} == functions
