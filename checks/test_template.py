"""template.yaml keeps its rules."""

from __future__ import annotations

import pytest

from checks.template import (
    access,
    alerts,
    aurora,
    clock,
    database,
    edge,
    functions,
    layout,
    network,
    options,
    overview,
    packets,
    service,
    web,
)
from checks.template.model import Template
from checks.template.planted import FAULTS as FIRST_FAULTS
from checks.template.planted import Fault
from checks.template.planted_modes import FAULTS as MODE_FAULTS
from checks.template.rules import RULES

FAULTS = [*FIRST_FAULTS, *MODE_FAULTS]
MODULES = (
    access,
    alerts,
    aurora,
    clock,
    database,
    edge,
    functions,
    layout,
    network,
    options,
    overview,
    packets,
    service,
    web,
)


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.real()


@pytest.mark.parametrize("name", RULES)
def test_rule_holds(name: str, template: Template) -> None:
    assert list(RULES[name].findings(template)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_planted_fault_is_found(fault: Fault, template: Template) -> None:
    assert list(RULES[fault.rule].findings(fault.plant(template.text)))


def test_every_rule_has_a_planted_fault() -> None:
    assert set(RULES) == {fault.rule for fault in FAULTS}
