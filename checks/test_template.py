"""template.yaml keeps its rules."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from checks import template as package
from checks.template.model import Template
from checks.template.planted import Fault
from checks.template.rules import RULES

# Every file of checks/template registers its rules when it is imported; those called planted… hold the faults.
NAMES = [found.name for found in pkgutil.iter_modules(package.__path__) if found.name != "__main__"]
MODULES = [importlib.import_module(f"checks.template.{name}") for name in NAMES]
FAULTS: list[Fault] = [fault for module in MODULES for fault in getattr(module, "FAULTS", [])]


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
