"""The sample events of dev-shutdown are what its triggers in dev deliver."""

from __future__ import annotations

import json

import pytest

from checks.template.model import ROOT, Template
from checks.template.sets import DEV
from checks.test_template_events import matches

SAMPLES = {
    "dev-shutdown-forced-start": "DevShutdownFunctionDatabaseChange",
    "dev-shutdown-keep-awake": "DevShutdownFunctionKeepAwakeChange",
}

KEEP_AWAKE = "/yakin/shop-dev/keep-awake"


@pytest.mark.parametrize("name", SAMPLES)
def test_an_event_of_the_night_matches_its_rule_and_no_other_of_the_function(name: str) -> None:
    event = json.loads((ROOT / "events" / f"{name}.json").read_text(encoding="utf-8"))
    stack = Template.real().stack(DEV)
    for rule in SAMPLES.values():
        pattern = json.loads(json.dumps(stack[rule]["EventPattern"]).replace("<DevShutdownKeepAwake>", KEEP_AWAKE))
        assert matches(pattern, event) is (rule == SAMPLES[name])


@pytest.mark.parametrize("event_id", ["RDS-EVENT-0001", "RDS-EVENT-0049"])
def test_backups_and_failovers_wake_nobody(event_id: str) -> None:
    event = json.loads((ROOT / "events" / "dev-shutdown-forced-start.json").read_text(encoding="utf-8"))
    event["detail"]["EventID"] = event_id
    assert not matches(Template.real().stack(DEV)["DevShutdownFunctionDatabaseChange"]["EventPattern"], event)
